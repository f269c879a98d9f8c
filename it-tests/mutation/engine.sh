#!/usr/bin/env bash
# Mutation tests of the engine by a random sample of the changes (docs/mutation.md): engine.sh [one in so many [report ...]]
set -euo pipefail
cd "$(dirname "$0")/../.."
one_in=${1:-64}
shift || true
reports=app/engine/target/pit-reports
each() { sed "s/none//; s/[^,]\+/org.eigendrift.engine.&$2/g" <<<"$1"; }
while read -r name packages further without; do
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    tests=$(each "$packages" '.*Test')
    [ "$further" = none ] || tests+=,$(each "$further" '')
    mvn -B -ntp -q -Pmutation -pl app/engine -am process-test-classes -Dmutation.report="engine-$name" \
        -Dmutation.oneIn="$one_in" -Dmutation.classes="$(each "$packages" '.*')" -Dmutation.tests="$tests" \
        -Dmutation.without="$(each "$without" '' | grep . || echo none)" </dev/null
done < <(grep -v '^#' it-tests/mutation/engine.txt)
# Of all reports that there are; Wilson's interval.
cat "$reports"/engine-*/mutations.xml | grep -o "detected='[a-z]*'" | awk '
    { n++; k += /true/ }
    END {
        p = k / n; z = 1.96; d = 1 + z * z / n; middle = (p + z * z / (2 * n)) / d
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
        printf "%d of %d changes are seen: %.1f %%, in 95 of 100 samples from %.1f to %.1f\n",
            k, n, 100 * p, 100 * (middle - half), 100 * (middle + half)
    }'
