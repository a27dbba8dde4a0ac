"""The proleptic Gregorian calendar for any year, in whole numbers."""

from __future__ import annotations

LOWEST_YEAR = -999_999_999
HIGHEST_YEAR = 999_999_999
DAYS_OF_400_YEARS = 146_097
_DAYS_TO_1970 = 719_468  # from 0000-03-01
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether the year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """How many days the month has."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def is_date(year: int, month: int, day: int) -> bool:
    """Whether such a day exists, and its year is one that FEEL knows."""
    return LOWEST_YEAR <= year <= HIGHEST_YEAR and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01. Years begin in March here, so that a leap day is the last one."""
    year -= month <= 2
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + day_of_year - _DAYS_TO_1970


def civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day number."""
    era, rest = divmod(days + _DAYS_TO_1970, DAYS_OF_400_YEARS)
    year_of_era = (rest - rest // 1460 + rest // 36524 - rest // (DAYS_OF_400_YEARS - 1)) // 365
    day_of_year = rest - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def weekday(days: int) -> int:
    """1 for Monday to 7 for Sunday."""
    return (days + 3) % 7 + 1
