"""Reading disclosures, their sheets, and where they hang."""

from village_open.notices.queries.disclosures import (
    find_disclosure,
    find_of_announcement,
    find_published,
    find_successor,
    get_affairs,
    get_disclosure,
    get_latest,
    get_published,
    list_affairs,
    list_latest,
    list_making,
    list_period,
    list_published,
    list_unfinished,
    search,
)
from village_open.notices.queries.files import find_file, get_posting, list_files, list_files_of, list_postings
from village_open.notices.queries.published import AFFAIRS, FINANCE, Listed, Published

__all__ = [
    "AFFAIRS",
    "FINANCE",
    "Listed",
    "Published",
    "find_disclosure",
    "find_file",
    "find_of_announcement",
    "find_published",
    "find_successor",
    "get_affairs",
    "get_disclosure",
    "get_latest",
    "get_posting",
    "get_published",
    "list_affairs",
    "list_files",
    "list_files_of",
    "list_latest",
    "list_making",
    "list_period",
    "list_postings",
    "list_published",
    "list_unfinished",
    "search",
]
