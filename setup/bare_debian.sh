#!/bin/sh
# Proves that the repository needs nothing but a bare Debian 12 with git, make and python3.
#
#   sudo sh setup/bare_debian.sh FOLDER              make handouts, make check, make test
#   sudo sh setup/bare_debian.sh FOLDER make test    another command
#
# FOLDER, outside the repository, keeps base.tar (made once with debootstrap, about two minutes) and root/, the system
# of the last run, which each run makes afresh. What is committed is cloned into it; what is not, is not tried.
# The mirror, proxies and certificates are those of this machine's own settings. Needs root, debootstrap and git.
set -eu

folder=${1:?a folder for the bare system}
shift
repository=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$folder/root
home=/root/handout-press
certificates=""

sources() { # the Debian archives that this machine uses, one line each
    # shellcheck disable=SC2016
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) main' 'Origin: Debian' 'Created-By: Packages' |
        grep -E ' bookworm(-security|-updates)? main$' | sort -u
}

make_base() {
    mirror=$(sources | sed -n 's/^deb \([^ ]*\) bookworm main$/\1/p' | head -n 1)
    rm -rf "$folder/base"
    debootstrap --variant=minbase --include=git,make,python3 bookworm "$folder/base" "${mirror:?no Debian 12 in apt}"
    tar -C "$folder/base" --numeric-owner --one-file-system -cf "$folder/base.tar.part" .
    mv "$folder/base.tar.part" "$folder/base.tar"
    rm -rf "$folder/base"
}

lay_out() {
    rm -rf --one-file-system "$root"
    mkdir "$root"
    tar -C "$root" -xf "$folder/base.tar"
    sources > "$root/etc/apt/sources.list"
    # How this machine reaches the archives: names, proxies and dates, certificates.
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    grep -lsE '^ *Acquire' /etc/apt/apt.conf /etc/apt/apt.conf.d/* | while read -r settings; do
        cp "$settings" "$root/etc/apt/apt.conf.d/"
    done
    if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        certificates=/root/certificates.crt
        cp -L /etc/ssl/certs/ca-certificates.crt "$root$certificates"
    fi
    git clone --quiet --no-hardlinks "$repository" "$root$home"
}

inside() { # the command in the bare system; its mounts end with it
    # shellcheck disable=SC2016
    unshare --mount --pid --fork sh -c '
        mount --make-rprivate /
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        mount -t tmpfs tmpfs "$0/dev/shm"
        exec chroot "$0" "$@"' \
        "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${certificates:+"PIP_CERT=$certificates"} ${http_proxy:+"http_proxy=$http_proxy"} \
        ${https_proxy:+"https_proxy=$https_proxy"} ${no_proxy:+"no_proxy=$no_proxy"} \
        sh -euc 'cd "$0" && exec "$@"' "$home" "$@"
}

[ -e "$folder/base.tar" ] || make_base
lay_out
if [ $# -gt 0 ]; then
    inside "$@"
else
    inside make handouts
    inside make check
    inside make test
fi
