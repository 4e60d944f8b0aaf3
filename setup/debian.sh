#!/bin/sh
# Installs the Debian packages that are missing, and nothing else.
#   setup/debian.sh runtime   what printing handouts needs
#   setup/debian.sh dev       that, and what the tests need
# With everything there it ends at once and asks neither the network nor for a password.
set -eu

layer=${1:?runtime or dev}
missing=""

need() { # need PACKAGE CHECK...: notes the package when the check fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)

library() {
    case $libraries in *"$1"*) return 0 ;; esac
    return 1
}

program() {
    command -v "$1"
}

mail_server() { # of any name: to install one removes another
    # shellcheck disable=SC2016  the braces are dpkg's own
    case $(dpkg-query --show --showformat '${Provides};') in *mail-transport-agent*) return 0 ;; esac
    return 1
}

# Elsewhere the libraries come from the system's own packages: `handouts doctor` says which are missing.
if ! program apt-get >/dev/null 2>&1; then
    exit 0
fi

need python3-venv "${PYTHON:-python3}" -c 'import ensurepip, venv'
need libpango-1.0-0 library libpango-1.0.so.0
need libpangoft2-1.0-0 library libpangoft2-1.0.so.0
need libharfbuzz-subset0 library libharfbuzz-subset.so.0
need libzbar0 library libzbar.so.0
if [ "$layer" = dev ]; then
    need chromium program chromium
    need libatomic1 library libatomic.so.1 # for the node that Playwright brings
    need ghostscript program gs
    need poppler-utils program pdftoppm
    need postfix mail_server
fi

if [ -z "$missing" ]; then
    exit 0
fi

if [ "$(id -u)" = 0 ]; then
    as_root() { "$@"; }
elif program sudo >/dev/null 2>&1; then
    as_root() { sudo "$@"; }
else
    echo "Some Debian packages are missing. As root, run: apt-get install$missing" >&2
    exit 1
fi

echo "Installing from Debian:$missing"
as_root apt-get -qq update
case $missing in *postfix*)
    # Unconfigured, so that it never starts by itself: the tests start one of their own on the loopback address.
    echo "postfix postfix/main_mailer_type select No configuration" | as_root debconf-set-selections
    ;;
esac
# shellcheck disable=SC2086  # one word a package
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install --yes --no-install-recommends $missing
