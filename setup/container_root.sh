#!/bin/sh
# Makes the container's files from Debian's own packages, without a container runtime and a registry of images, and runs
# the program in them as the container does: user 10001, no network, no capabilities, nothing written but below PROJECT
# and /tmp.
#
#   sudo sh setup/container_root.sh FOLDER PROJECT build --format a4-leaflet
#
# FOLDER, outside the repository, keeps root/, which is made once, of what is committed. PROJECT must be one that user
# 10001 may write in. What is done is what the Containerfile says; the mirror, proxies and certificates are this machine's
# own. Needs root, debootstrap and git.
set -eu

folder=${1:?a folder for the files of the container}
project=$(cd "${2:?a project}" && pwd)
shift 2
repository=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
new=$folder/root.part
build=$folder/build.part
root=$folder/root

steps() { # what one stage of the Containerfile runs: 1 builds the program, 2 is what is kept
    awk -v stage="$1" '/^FROM /{at++} at == stage && /^RUN /{sub(/^RUN /, ""); running = 1}
        running{print} running && !/\\$/{running = 0}' "$repository/Containerfile"
}

run_steps() { # those of a stage in its files; they may reach the network
    steps "$2" > "$1/building/steps.sh"
    chroot "$1" /usr/bin/env -i HOME=/building PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        DEBIAN_FRONTEND=noninteractive PIP_CERT=/building/certificates.crt ${http_proxy:+"http_proxy=$http_proxy"} \
        ${https_proxy:+"https_proxy=$https_proxy"} ${no_proxy:+"no_proxy=$no_proxy"} sh -eu /building/steps.sh
}

leave_out() { # what Debian slim is without: translations and manuals, now and of what is installed later
    for kind in doc info linda lintian/overrides locale man; do
        echo "path-exclude /usr/share/$kind/*"
        find "$new/usr/share/$kind" -type f ! -name copyright -delete 2> /dev/null || true
    done > "$new/etc/dpkg/dpkg.cfg.d/slim"
    echo "path-include /usr/share/doc/*/copyright" >> "$new/etc/dpkg/dpkg.cfg.d/slim"
}

make_root() {
    release=$(sed -n 's/^FROM debian:\([a-z]*\)-slim$/\1/p' "$repository/Containerfile")
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Created-By: Packages' | grep '/debian/$' | head -n 1)
    rm -rf --one-file-system "$new" "$build"
    debootstrap --variant=minbase "$release" "$new" "${mirror:?no Debian in apt}"
    leave_out
    mkdir "$new/building" "$new/source" "$new/project"
    cp -L /etc/resolv.conf /etc/hosts "$new/etc/"
    cp -L /etc/ssl/certs/ca-certificates.crt "$new/building/certificates.crt"
    grep -lsE '^ *Acquire' /etc/apt/apt.conf /etc/apt/apt.conf.d/* | while read -r settings; do
        cp "$settings" "$new/etc/apt/apt.conf.d/"
    done
    cp -a "$new" "$build"
    git -C "$repository" archive HEAD | tar -x -C "$build/source"
    run_steps "$build" 1
    run_steps "$new" 2
    cp -a "$build/opt/handouts" "$new/opt/"
    rm -rf "$build" "$new/source" "$new/building" "$new"/var/lib/apt/lists/* "$new"/var/cache/apt/*
    mv "$new" "$root"
}

run() { # the program in the container's files; its mounts end with it
    # shellcheck disable=SC2016
    unshare --mount --net --pid --fork sh -c '
        mount --make-rprivate /
        mount --bind "$0" "$0"
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        mount -t tmpfs tmpfs "$0/dev/shm"
        mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"
        mount --bind "$1" "$0/project"
        mount -o remount,bind,ro "$0"
        shift
        exec chroot "$0" setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all \
            --inh-caps=-all --ambient-caps=-all \
            /usr/bin/env -i PATH=/opt/handouts/bin:/usr/local/bin:/usr/bin:/bin HOME=/tmp XDG_CACHE_HOME=/tmp/cache \
            PYTHONDONTWRITEBYTECODE=1 sh -euc "cd /project && exec handouts \"\$@\"" handouts "$@"' \
        "$root" "$project" "$@"
}

[ -e "$root" ] || make_root
run "$@"
