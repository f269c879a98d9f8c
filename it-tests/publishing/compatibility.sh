#!/usr/bin/env bash
# Compares the api with that of a release: the given tag, or the last one before this commit. The release's api is built from its tag, so
# that no repository is asked. Fails if something that the release had is missing or another; says so if no release is tagged yet.
#
#   it-tests/publishing/compatibility.sh [TAG]
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
tag=${1:-$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)}
if [ -z "$tag" ]; then
    echo 'no release is tagged yet (v0.1.0 will be the first): there is nothing to compare with'
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$root" "$work/released"
git -C "$work/released" checkout -q "$tag"
(cd "$work/released" && mvn -B -q -ntp -DskipTests -Dspotless.check.skip -pl api package)
jar=$(find "$work/released/api/target" -maxdepth 1 -name 'eigendrift-api-*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar')
mvn -B -q -ntp -Pcompatibility "-Dreleased=$jar" -DskipTests -pl api verify
echo "the api has all that $tag had"
