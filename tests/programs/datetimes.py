"""datetime: dates, times and lengths of time."""
from datetime import UTC, date, datetime, time, timedelta, timezone


def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


start = datetime(2024, 2, 28, 23, 59, 58, 500000)
print(start, repr(start), start.isoformat(), start.isoformat(" ", "minutes"), start.isoformat(timespec="milliseconds"))
print(start + timedelta(seconds=2), start + timedelta(days=1, hours=2), start - timedelta(weeks=1), timedelta(hours=1) + start)
print(start.year, start.month, start.day, start.hour, start.minute, start.second, start.microsecond, start.weekday(), start.isoweekday(), start.tzinfo)
print(start.strftime("%Y-%m-%d %H:%M:%S.%f | %a %A %b %B | %I:%M %p | %j %U %W %w | %y %X %x %c %%"), f"{start:%H:%M:%S}", f"{start}", format(start, "%d/%m/%y"))
print(start.date(), start.time(), repr(start.date()), repr(start.time()), start.replace(year=2025, day=1), start.replace(microsecond=0).isoformat())
print(datetime(2024, 1, 1) < start, start == datetime(2024, 2, 28, 23, 59, 58, 500000), start != 3, max(start, datetime(2023, 1, 1)), datetime(2024, 1, 1))
print(start - datetime(2024, 1, 1), date(2024, 3, 1) - date(2024, 2, 1), date(2024, 12, 31) + timedelta(1), date(2024, 2, 29).strftime("%d %b"), date(2024, 5, 5) < date(2024, 6, 1))
print(datetime(2024, 1, 1, tzinfo=timezone.utc), repr(datetime(2024, 1, 1, tzinfo=UTC)), datetime(2024, 1, 1, tzinfo=UTC).timestamp(), timezone.utc, datetime(2024, 1, 1, 12, tzinfo=UTC).strftime("%H:%M %Z %z"))
print(datetime.fromtimestamp(86400.25, tz=UTC), datetime.fromisoformat("2024-03-04T05:06:07"), datetime.fromisoformat("2024-03-04"), datetime.fromisoformat("2024-03-04 05:06:07.250+00:00"), time(9, 30), repr(time(9, 30, 5)), time(9, 30).isoformat())
print(datetime.combine(date(2024, 1, 2), time(3, 4)), isinstance(start, datetime), isinstance(start, date), type(start).__name__, start.toordinal(), datetime(1970, 1, 1, tzinfo=UTC).timestamp())
attempt(datetime, 2024, 13, 1)
attempt(datetime, 2024, 2, 30)
attempt(datetime, 2024, 1, 1, 24)
attempt(lambda: start - datetime(2024, 1, 1, tzinfo=UTC))
attempt(lambda: start < datetime(2024, 1, 1, tzinfo=UTC))
for delta in [timedelta(), timedelta(seconds=1.5), timedelta(days=1), timedelta(days=-1, seconds=5), timedelta(minutes=90), timedelta(days=3, hours=4, milliseconds=7), timedelta(microseconds=12)]:
    print(delta, repr(delta), delta.days, delta.seconds, delta.microseconds, delta.total_seconds(), bool(delta))
hour = timedelta(hours=1)
print(hour * 2, hour / 2, hour / timedelta(minutes=20), hour // timedelta(minutes=25), hour - timedelta(minutes=1), -hour, abs(-hour), hour > timedelta(minutes=59), hour == timedelta(minutes=60), sum([hour, hour], timedelta()), 3 * hour, hour * 1.5)
print(timedelta(seconds=0.1) + timedelta(seconds=0.2), timedelta(seconds=2.345678), str(timedelta(seconds=3661)), timedelta(hours=25) , sorted([hour, timedelta(1), timedelta(0)])[0])
