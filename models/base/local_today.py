"""One place that knows which day it is where the councils sit."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

DEFAULT_TZ = "Asia/Ho_Chi_Minh"


def local_now(tz=None):
    """The time in ``tz``; in a scheduled job the server's own zone is UTC."""
    return datetime.now(ZoneInfo(tz or DEFAULT_TZ))


def local_today(tz=None):
    """Today's date in ``tz``."""
    return local_now(tz).date()


def local_moment(moment, tz=None):
    """A moment that the database keeps in UTC, as the clock showed it in ``tz``."""
    zoned = moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(tz or DEFAULT_TZ))
    return zoned.replace(tzinfo=None)


def local_day(moment, tz=None):
    """The day of such a moment in ``tz``."""
    return local_moment(moment, tz).date()
