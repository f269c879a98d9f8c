#!/usr/bin/env bash
# Builds what is committed twice, as for publishing, in clones that lie elsewhere and with another time zone and language (not another
# umask, which jars of sources and Javadoc record), and compares what comes out byte by byte: everything that a repository gets (poms,
# jars, sources, Javadoc, bills of materials) and the archives of the distribution. Prints what differs, and fails if anything does.
#
#   it-tests/publishing/two-builds.sh [OPTIONS OF MAVEN]
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
    local folder=$1
    shift
    git clone -q "$root" "$folder"
    (cd "$folder" && mvn -B -q -ntp -Ppublish -DskipTests -Dspotless.check.skip deploy \
        -DaltDeploymentRepository="local::file://$folder.repository" "$@") >&2
    mv "$folder"/app/cli/target/eigendrift-*.zip "$folder"/app/cli/target/eigendrift-*.tar.gz "$folder.repository"
    # A snapshot's names have the time of its deployment, and an index of them the time of each.
    find "$folder.repository" -name 'maven-metadata.xml*' -delete
    find "$folder.repository" -type f | while read -r file; do
        local plain
        plain=$(sed -E 's/-[0-9]{8}\.[0-9]{6}-[0-9]+([-.])/-SNAPSHOT\1/' <<<"$file")
        [ "$file" = "$plain" ] || mv "$file" "$plain"
    done
    (cd "$folder.repository" && find . -type f -exec sha256sum {} + | sort -k 2)
}

(umask 022 && TZ=UTC LC_ALL=C build "$work/one" "$@" >"$work/one.sums")
(umask 022 && TZ=Asia/Kolkata LC_ALL=C.UTF-8 build "$work/another/place" "$@" >"$work/two.sums")
if ! diff "$work/one.sums" "$work/two.sums"; then
    echo 'two builds of the same commit differ' >&2
    exit 1
fi
echo "$(wc -l <"$work/one.sums") files, the same bytes in both builds"
