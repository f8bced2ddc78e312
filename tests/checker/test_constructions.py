"""Ways of saying it, read against the real lists: whose a number is and of when, where a sentence names more than one."""

from datetime import date

import pytest

from groundswell.checker import Lists, check

pytestmark = pytest.mark.shared_data
SAID = [
    # several titles
    ("2022-10-04", "Blonde (37.34M) and Do Revenge (15.92M) were second and third respectively among English films.", "ssss"),
    ("2022-10-04", "Blonde (37.34M) and Do Revenge (15.92M) were third and second respectively among English films.", "ssrr"),
    ("2023-10-10", "Reptile (19.9M views) and Fair Play (12.6M views) lead the English film list.", "ssu"),
    ("2023-10-10", "Reptile and Fair Play drew 12.6M views.", "u"),
    ("2023-10-10", "Reptile and Fair Play drew 19.9M and 12.6M views.", "ss"),
    ("2022-10-04", "The 37.34M hours of Blonde compare with 46.19M for Lou.", "ss"),
    ("2022-10-04", "The 37.34M hours of Blonde compare with 49.16M for Lou.", "sr"),
    ("2023-10-17", "Ballerina dethroned Nowhere, which had 13.2M views in second place.", "ss"),
    ("2022-10-04", "Extraordinary Attorney Woo: 18.94M hours; Little Women: 13.37M hours.", "rr"),
    ("2025-01-07", "Missing You: 21.7M views\nVirgin River S6: 5.2M views\nBlack Doves: 5.9M views", "ssr"),
    # a title that looks like a place
    (
        "2025-01-07",
        "Number 24 shot to No. 1 among non-English films with 8.8 million views, double the 4.2 million of Bhool Bhulaiyaa 3.",
        "ssus",
    ),
    # the holder of a place
    ("2024-05-28", "Atlas drew 28.2 million views, far ahead of runner-up Thelma the Unicorn (10.7 million).", "sss"),
    ("2024-05-21", "Bridgerton Season 3 beat the runner-up, Ashley Madison: Sex, Lies & Scandal (9.5 million views).", "ss"),
    ("2024-05-28", "Thelma the Unicorn had 10.7 million views, behind No. 1 Atlas.", "ss"),
    ("2024-05-28", "Thelma the Unicorn had 10.7 million views, behind the week's No. 1, Mother of the Bride.", "sr"),
    ("2024-05-28", "Thelma the Unicorn was runner-up, Ice Age: Dawn of the Dinosaurs third.", "ss"),
    ("2024-05-28", "Atlas (28.2M views) and runner-up Thelma the Unicorn (10.7M views) led the list.", "sssu"),
    ("2023-04-04", "The 47.64M hours of its closest rival, Love Is Blind, trail The Night Agent.", "s"),
    # where it is from
    ("2025-07-22", "Almost Family (Brazil) had 5.5M views, Wall to Wall (Korea) 6.4M and Ziam (Thailand) 4.4M.", "ssr"),
    # seasons
    ("2022-10-04", "The first season of The Crown (12.09M hours viewed) and the second (11.48M hours viewed) charted.", "ss"),
    ("2022-10-04", "The first season of The Crown (12.09M hours viewed) and the second (11.84M hours viewed) charted.", "sr"),
    ("2022-10-04", "Season 1 of The Crown drew 12.09M hours; the second drew 11.48M hours.", "ss"),
    ("2025-01-07", "The Night Agent notched 1.6M views ahead of Season 2.", "s"),
    ("2025-01-07", "Departure Season 1 was fourth and Season 2 tenth.", "ss"),
    ("2025-01-07", "Departure Season 1 was tenth and Season 2 fourth.", "rr"),
    ("2025-07-08", "The Sandman's second season took second with 5.3M views, and its first took ninth with 1.7M.", "ssss"),
    ("2025-07-08", "The Sandman's second season took second with 5.3M views, and its first took eighth with 1.9M.", "ssrr"),
    ("2025-07-08", "The Sandman's second season took second with 5.3M views; the first had it at 1.7M.", "sss"),
    ("2025-07-08", "The Sandman's second season took second with 5.3M views; the first alone saw 5.3M views.", "ssu"),
    ("2022-08-09", "Pasión de Gavilanes Season 2 had 29.73M hours to the 9.15M of the first season.", "ss"),
    # what it is not of
    ("2025-01-07", "Carry-On lost a million views.", "u"),
    ("2022-10-04", "Lou added 5.6 million hours week on week.", "u"),
    ("2025-01-07", "Carry-On stands at 137.3 million views for the half-year.", "u"),
    ("2025-01-07", "Carry-On was the only film above 10 million views.", "u"),
    ("2025-01-07", "Missing You is the biggest English debut since Black Doves.", ""),
    ("2025-07-08", "KPop Demon Hunters slipped to 22.7 million views and ceded the No. 1 slot.", "su"),
    ("2021-10-12", "Squid Game fell 28 percent from the week before but still drew 412.94 million hours.", "ss"),
    ("2023-04-04", "The Night Agent had 216.39M hours, up 28% from 168.71M hours in its debut week.", "sss"),
    ("2021-10-12", "Squid Game fell 28 percent from the week before's 571.76 million hours.", "ss"),
    ("2024-04-09", "RIPLEY opened at No. 8 with 2.3M views from 16.9M hours.", "sss"),
    ("2025-07-08", "The Old Guard 2 beat out KPop Demon Hunters, which led last week with 24.2M views.", "u"),
    ("2025-07-08", "The Old Guard's sequel opened at No. 1 with 37.5M views.", "uu"),
    ("2025-07-08", "The Old Guard returned at No. 4 thanks to its sequel, which opened to 37.5M views.", "su"),
    ("2022-08-02", "Stranger Things 4 ended its run at No. 1.", "u"),
    ("2022-08-02", "Stranger Things 4 had been No. 1 for weeks; now it is second with 57.72M hours.", "uss"),
    ("2026-07-21", "KPop Demon Hunters has amassed a total of 325.1 million views.", "u"),
    ("2026-07-21", "KPop Demon Hunters has amassed a total of 225.1 million views.", "r"),
    ("2025-09-09", "Viewers spent 219 million hours with Wednesday Season 2 and 20 million with Hostage.", "ss"),
    ("2025-09-09", "Viewers spent 219 million hours with Wednesday Season 2 and 29 million with Hostage.", "sr"),
    ("2025-09-09", "The Shrek films, at Nos. 5, 6 and 8, had 9.7 million views.", "uu"),
    ("2025-09-09", "My Life With the Walter Boys' two seasons had 14.4M views.", "u"),
    ("2025-09-09", "My Life With the Walter Boys had 14.4M views across two seasons.", "u"),
    ("2025-09-09", "KPop Demon Hunters is No. 2 behind Unknown Number: The High School Catfish with 26.3 million views.", "su"),
    ("2025-09-09", "KPop Demon Hunters averaged 24 million views a week.", "u"),
    ("2025-09-09", "KPop Demon Hunters had 24 million views per week.", "u"),
    ("2025-09-09", "Love Untangled had 8.2 million views, an improvement of 3 million.", "su"),
    ("2025-09-09", "Wednesday Season 2 debuted with 50 million views.", "u"),
    ("2025-09-09", "Wednesday Season 2 debuted with 40 million views.", "r"),
    ("2025-09-09", "Wednesday Season 2 has spent four of its five weeks at No. 1.", "us"),
    ("2025-09-09", "Wednesday Season 2 is No. 1 for the fourth week in total.", "su"),
    ("2025-09-09", "Hostage, behind My Life With the Walter Boys, which was No. 1 for a week, slipped.", "u"),
    ("2024-09-17", "The Perfect Couple and Rebel Ridge each led for a second week running.", "s"),
    ("2025-02-11", "The Night Agent's second season had 13.9 million views in week one and 15.2 million in week two.", "uuuu"),
    ("2025-02-11", "The Night Agent's second season had 7.5 million views in week three.", "ss"),
    ("2025-02-11", "The Night Agent's second season had 19.3 million views in week one.", "ru"),
    ("2025-01-07", "Season 2 has drawn 68 million views, season 1 was back with 13.6 million, and La Palma was No. 3.", "uus"),
    (
        "2023-11-28",
        "Squid Game: The Challenge had 20.1 million views, and nudged the drama that spawned it back in with 1.6 million.",
        "su",
    ),
    ("2022-05-24", "True-crime doc Our Father, runner-up last time, is now at No. 5.", "us"),
    ("2024-06-18", "Netflix France counted 4.9 million of Under Paris's views in its home market.", "u"),
    ("2024-04-09", "3 Body Problem drew 11 million views, then 15.6 million, then 8.3 million.", "uus"),
    ("2024-04-09", "3 Body Problem drew 12 million views, then 15.6 million, then 8.3 million.", "rus"),
    ("2024-04-09", "Heart of the Hunter stayed at No. 1 with 10.9M views, down just 0.1M.", "ssu"),
    ("2024-04-09", "RIPLEY tied with Together: Treble Winners at 1.8 million views.", "u"),
    # countries
    ("2022-08-02", "Purple Hearts hit the Top 10 in 91 countries, topping the list in three.", "ss"),
    ("2022-11-15", "Manifest's fourth season was in the Top 10 of 90 countries and No. 1 in 27.", "ss"),
    ("2022-11-15", "Manifest's fourth season was in the Top 10 of 90 countries and No. 1 in 72.", "sr"),
    ("2022-11-15", "Manifest's fourth season was in the Top 10 in 90 countries and was No. 1 in 27 countries.", "ss"),
    ("2022-11-15", "Manifest's fourth season was in the Top 10 in 90 countries and the top title in 27 countries.", "ss"),
    ("2022-11-15", "Manifest's fourth season was No. 1 in 27.", ""),
    ("2022-11-15", "Manifest's fourth season made the Top 10 in 90 countries, among them 27 where it was No. 1.", "su"),
    ("2022-11-15", "Of the 93 countries with a list, 90 had Manifest's fourth season in the Top 10.", "u"),
    ("2022-11-15", "Manifest's fourth season ranked in the Top 3 in 50 countries.", "u"),
    ("2022-11-15", "Manifest's fourth season was third in 30 countries.", "uu"),
    ("2022-11-15", "The Crown was No. 1 in the UK and in the Top 10 in 87 other countries.", "su"),
    ("2022-10-04", "In 77 of 92 countries where it charted, DAHMER was number one.", "uu"),
    ("2022-10-04", "DAHMER topped the Top 10 in 63 countries.", "u"),
    ("2022-10-04", "DAHMER topped the Top 10 in 77 countries.", "s"),
    ("2022-10-04", "DAHMER reached the Top 10 in 92 countries in its first week.", "su"),
    # changes and units
    ("2022-11-15", "Enola Holmes 2 barely moved, from 64.08 million to 62.86 million hours, off 2%.", "sss"),
    ("2022-08-09", "HOURS VIEWED\n• Purple Hearts: 102,590,000 hours\n• The Gray Man: 39,800,000 hours", "sr"),
    ("2025-09-09", "KPop Demon Hunters, 14 weeks in, still pulls in 25.4M views.", "rs"),
    ("2025-01-07", "La Palma now counts 8.3M views for the week, a drop of 32 percent.", "ss"),
    ("2025-01-07", "La Palma now counts 8.3M views for the week, a drop of 23 percent.", "sr"),
    ("2025-01-07", "Carry-On's views halved, to 17.4 million.", "ss"),
    ("2025-01-07", "Carry-On's views halved, to 14.7 million.", "sr"),
    ("2022-10-04", "ATHENA almost doubled to 13.60 million hours.", "s"),
    ("2022-10-04", "More than 310 million hours of DAHMER were watched between September 26 and October 2.", "r"),
]  # fmt: skip
"""Released, text, and the verdicts of its claims in their order, by initial."""


@pytest.mark.parametrize(("released", "text", "verdicts"), SAID)
def test_whose_it_is_and_of_when(real: Lists, released: str, text: str, verdicts: str) -> None:
    claims = check(text, real, date.fromisoformat(released)).claims
    assert "".join(one.verdict.value[0] for one in claims) == verdicts, [one.explanation for one in claims]
