"""Village disclosure (村务公开), from the ledger line to the sheet on the wall and back.

What the house is for, in one chain: a ledger line has a decision behind it; a finance-review group marks it; an
oversight group signs the quarter; the township issues it; the very sheet is frozen, numbered, printed and posted; a
villager asks about line 14; the quarterly inspection follows up; the answer stands on the next sheet.

The map. A room imports rooms on lower floors only, never a neighbour (`[tool.importlinter]` in `pyproject.toml`):

    12 cli            the `village-open` command; serving, demo: what it starts and what it fills
    11 app            `create_app(settings)`: the table of contents
    10 public, desk   the residents' door, the staff's door; no tables
     9 inspections    rounds, findings, rectification
     8 voices         questions, complaints, satisfaction
     7 notices        the catalogue, what is due, frozen disclosures, sheets, postings
       registers      assets, resources, contracts, debts, lists: what a village tells besides its money
     6 finance        periods, lines, statements, import
     5 decisions      meetings and what they decided
     4 reviews        a group looks at a thing: marks, opinions, signatures
     3 villages       places, groups and terms, roles, the township's profile
     2 identity       people and sign-in
       backups        one file to carry away, proved by restoring it
     1 record         the append-only, hash-chained record of deeds
     0 db, storage, images, printing, workbooks, jobs, web    one adapter for each outside thing
       settings, core                                         plain Python: money, periods, calendars, codes, clock

Every room is furnished alike: `rules ← models ← queries ← actions ← views ← routes`, with `forms`, `commands` and
`sheets` where needed. Read a room from the left: the rules say what the law and the ledger allow, the models what is
kept, the actions what people do.

The reading order for a newcomer: `core/money.py`, `core/periods.py`; `record/`; `villages/rules.py`; then one quarter
along its way through `finance/rules.py`, `reviews/rules.py`, `notices/rules.py`; then `app.py`.

The words. English in code, Chinese on screen and paper:

    actor                       做事的人          who did a recorded deed, as id and name
    announcement                公开稿            made public of a matter or a period; signed by the oversight group
    announcement section        公开栏栏目        an item on the board of a period, or that there is none
    approval tier               分级审批          who approves a payment up to which amount, under the large one
    balance                     账户余额          opening and closing of one money account in one period
    body                        会议主体          who meets and decides: 村民代表会议, 成员大会 …
    carried forward             过次页、承前页    the running sum at the foot and at the head of a page
    chart of accounts           会计科目表        of 2004 or of 2023: the same code means different things
    clerk                       村报账员          enters or imports lines and submits the quarter
    closing, opening            期末余额、期初余额
    committee                   村民委员会        the village committee
    confirming meeting          联席会议          confirms a signed quarter; in some profiles the committee alone
    correction                  更正公示          a new disclosure that names the old one and says why
    county                      区县              one database; more counties are more databases
    county leader               区县领导          reads the overview, nothing else
    deed                        操作              anything a person does that is recorded
    disclosure                  公开事项          what is made public, frozen once issued
    disclosure file             公示文件          one stored PDF of a disclosure
    disclosure issue            签发完成          the files are there, the disclosure is public
    disclosure item             公开科目          the income or expense heading a line is shown under
    exemption                   例外支出          a large payment without a decision; kind and reason print beside it
    fen                         分                the unit of money, a hundredth of a yuan
    finance period              财务期间          one quarter or month of one village's money
    finance-review group        民主理财小组      marks every line and signs the quarter
    first password              初始密码          on a printed slip; changed at the first sign-in
    frozen                      固化              canonical bytes and their SHA-256; nobody edits them
    handler, witness, approver  经手人、证明人、审批人
    inspector                   检查人员          of a department, in a quarterly round
    issue                       签发              the township makes the sheet official: number, code, files
    item exception              不适用事项        a catalogue item that a village does not have, with the reason
    joining figure              接入前累计        this year's total before a village joins, from paper
    jurisdiction profile        地方规定          deadlines, sizes and steps a township follows, with their basis
    large payment               大额支出          from the profile's threshold on: a decision stands behind it
    line                        逐笔              one entry of the quarter: income, expense or transfer
    local item                  本镇增加的事项    what a township adds to the catalogue
    matter                      事项              something a village decides, from the proposal to the published result
    matter event                事项经过          tender, contract, progress, acceptance
    matter paper                事项材料          photo or scan behind a matter
    matter text                 方案              one version of what is proposed; a vote belongs to one version
    meeting                     会议              about one matter: called, held, counted
    meeting vote                记名表决          one named vote
    money account               资金账户          cash or a bank account
    near relative               近亲属            bars a person from a reviewing group
    notice                      公示              what hangs on the board
    notice board                公开栏            place, size in mm, reading distance
    objection                   异议              a 疑问 that stays open and is printed
    oversight group             村务监督委员会    village affairs oversight; signs every disclosure
    paper signature             纸上签字          signed on paper; waits until somebody confirms it
    party secretary             村党组织书记
    period                      公开期间          a quarter, or a month where the profile asks for it
    person                      人员              somebody who acts or is named; never deleted
    posting                     张贴              which sheet hung on which board, from when to when
    procedure                   决策程序          the steps a matter runs through: 四议两公开 …
    profile value               规定取值          one value of the profile, with its basis
    quorum                      法定人数          recomputed when somebody recuses
    receipt                     原始凭证          photo or PDF of the paper behind a line
    record                      留痕              the append-only chain of deeds
    record entry                留痕条目          one deed in the record, hashed with the one before
    recusal                     回避              a reviewer steps back from one thing
    register row                台账条目          one row of assets, contracts, debts or a list in one period
    reservation                 保留意见          signed, with a doubt that prints as large as an approval
    return                      退回              the township sends a quarter back with a reason
    review                      审核              one group looks at one version of one thing
    review answer               答复              of the one who entered, to a mark
    review mark                 审核意见          通过, 疑问 or 不予认可 on one line
    review signature            审核签字          a member's signature on the whole
    role                        职务              what a person is at a place, from when to when
    roster                      名册              who belongs to a body from a day on
    roster member               名册成员          one name on a roster
    secrecy check               保密审查          confidentiality and personal data, ticked by a named person
    sheet                       公示单            the paper of a disclosure at one size
    sheet code                  查验码            the 27 characters printed beside the QR code
    sign in session             登录              one sign-in on one browser
    statement                   财务报表          the figures of a period, computed from its lines
    submit                      提交              the clerk hands the quarter to the reviewers
    tally                       表决人数          what was counted at a meeting
    term                        任期              from when to when a person holds a role or a seat
    township                    乡镇              its office (镇公开办) checks, issues, prints and posts
    transfer                    内部转账          between money accounts: neither income nor expense
    village                     行政村            known by its 12-digit 统计用区划代码
    village director            村民委员会主任
    village group               村民小组          a part of a village
    voucher number              凭证字号
"""
