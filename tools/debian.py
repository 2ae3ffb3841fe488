"""What the tools share: root's rights, Debian packages, and errors that say what to do."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence


def fail(message: str, hint: str = "") -> None:
    """Leave with status 1 after saying what is wrong and what helps."""
    print(f"error: {message}", file=sys.stderr)
    if hint:
        print(f"hint: {hint}", file=sys.stderr)
    raise SystemExit(1)


# How this machine reaches package registries; sudo would drop it.
NETWORK_SETTINGS = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
                    "PIP_CERT", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "SSL_CERT_FILE")

LONGEST_SHOWN = 300  # characters of a command: some name every file of the tree


def run(command: Sequence[str | os.PathLike], hint: str = "", **options) -> None:
    """Run a command that must succeed; its failure ends the tool with the command's name and the hint."""
    command = [os.fspath(word) for word in command]
    try:
        subprocess.run(command, check=True, **options)
    except FileNotFoundError:
        fail(f"{command[0]} is not installed")
    except subprocess.CalledProcessError as error:
        shown = shlex.join(command)
        shown = shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + " …"
        fail(f"`{shown}` failed with status {error.returncode}", hint)


def as_root(command: Sequence[str]) -> list[str]:
    """Return the command as root can run it: itself for root, through sudo for anyone else."""
    if os.geteuid() == 0:
        return list(command)
    if not shutil.which("sudo"):
        fail("this needs root and there is no sudo", "run it again as root")
    kept = ",".join(name for name in NETWORK_SETTINGS if name in os.environ)
    return ["sudo", *([f"--preserve-env={kept}"] if kept else []), "--", *command]


def is_installed(package: str) -> bool:
    """Tell whether dpkg has the package in working order."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True).stdout == "installed"


def ensure_packages(packages: Sequence[str]) -> None:
    """Install the packages that are missing; does nothing, and needs no network, when none is."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        fail("no apt-get here",
             f"on another distribution, install what these Debian packages hold: {' '.join(packages)}")
    missing = [package for package in packages if not is_installed(package)]
    if not missing:
        return
    print(f"installing Debian packages: {' '.join(missing)}", flush=True)
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    run(as_root([*apt, "update"]))
    install = as_root([*apt, "install", "--yes", "--no-install-recommends", *missing])
    if subprocess.run(install, stdout=subprocess.DEVNULL).returncode != 0:
        fail("apt-get could not install them",
             "see its message above; on Ubuntu the `universe` component must be enabled")
