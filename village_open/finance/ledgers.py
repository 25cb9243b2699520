"""What typed rows of a period are read against: its days, its money accounts, the chart of its village."""

from functools import cache

from village_open.core import clock
from village_open.finance.charts import Chart, ChartYear
from village_open.finance.forms.grid import Ledger
from village_open.finance.models import FinancePeriod
from village_open.finance.queries.periods import list_choices_of_period
from village_open.villages.models import Village


def ledger_of(period: FinancePeriod) -> Ledger:
    """Return the ledger of a period."""
    return Ledger(period.period, list_choices_of_period(period), chart_of(period.village), clock.today())


def chart_of(village: Village) -> Chart:
    """Return the chart of accounts that a village keeps its books by."""
    return _chart(2004 if village.chart_year == 2004 else 2023)


@cache
def _chart(year: ChartYear) -> Chart:
    return Chart.load(year)
