#!/usr/bin/env bash
# Deploys to a folder, as for publishing, and looks up what Maven Central asks of every artifact: a pom with name, description, url,
# licences, developers and scm, its own or its parent's; jars with licence and notice inside, and sources, Javadoc and bill of materials
# beside them; checksums. Prints what is missing, and fails if anything is. Addresses that lead nowhere, snapshots and signatures are
# not looked at: those are left to who publishes.
#
#   it-tests/publishing/central.sh [OPTIONS OF MAVEN]
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && mvn -B -q -ntp -Ppublish -DskipTests deploy "-DaltDeploymentRepository=local::file://$work" "$@")

missing() {
    echo "$(basename "$1"): no $2"
    faults=$((faults + 1))
}

faults=0
artifacts=0
while read -r pom; do
    artifacts=$((artifacts + 1))
    wanted=(name description)
    grep -q '<parent>' "$pom" || wanted+=(url licenses developers scm)
    for element in "${wanted[@]}"; do
        grep -q "^  <$element[> ]" "$pom" || missing "$pom" "<$element>"
    done
    [ -f "$pom.sha1" ] || missing "$pom" checksum
    grep -q '^  <packaging>pom' "$pom" && continue
    for part in .jar -sources.jar -javadoc.jar -cyclonedx.json -cyclonedx.xml; do
        [ -f "${pom%.pom}$part" ] || missing "$pom" "$part beside it"
        [ -f "${pom%.pom}$part.sha1" ] || missing "$pom" "checksum of $part"
    done
    for jar in "${pom%.pom}.jar" "${pom%.pom}-sources.jar"; do
        for file in LICENSE NOTICE; do
            jar tf "$jar" | grep -x "META-INF/$file" >/dev/null || missing "$jar" "META-INF/$file"
        done
    done
done < <(find "$work" -name '*.pom' | sort)
[ "$faults" -eq 0 ] || exit 1
echo "$artifacts artifacts, each with what Maven Central asks for but signatures"
