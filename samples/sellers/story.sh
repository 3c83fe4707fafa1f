# The story that demo and run tell about their targets; they source this file. They set `target`, and the names of the
# pipelines in `properties` and `sellers`, and define sql. Each step says what it does, does it and insists on what must
# come of it: the first thing that is otherwise ends the script with 1.
root=$(cd "$sample/../.." && pwd)

fail() {
  printf '\nsellers: %s\n' "$*" >&2
  exit 1
}

say() {
  printf '\n%s\n' "$*"
}

# begin FOLDER DEFAULT: an empty folder to work in, with the pipelines beside the data they name.
begin() {
  if [ -n "$1" ]; then
    mkdir -p "$1"
    work=$(cd "$1" && pwd)
    [ -z "$(ls -A "$work")" ] || fail "$1 is not empty"
  else
    work=$root/$2
    rm -rf "$work"
    mkdir -p "$work"
  fi
  answer=$work/answer.json
  cp "$sample"/*.yaml "$work"

  # Tests have both programs built already, in one folder.
  if [ -n "${TRUEUP_BIN:-}" ]; then
    program=(dotnet "$TRUEUP_BIN/TrueUp.Cli.dll")
    generator=(dotnet "$TRUEUP_BIN/TrueUp.Samples.Sellers.dll")
  else
    program=("$root/dev" trueup)
    generator=(dotnet "$root/artifacts/bin/TrueUp.Samples.Sellers/release/TrueUp.Samples.Sellers.dll")
    local output
    output=$(dotnet build "$sample/Generator" -c Release --nologo -v q </dev/null 2>&1) || fail "$output"
  fi
}

# generate [--clean]: the sheets, as somebody saves them.
generate() {
  "${generator[@]}" "$work" "$@" | sed 's/^/    /'
}

# trueup EXPECTED ARGUMENTS…: runs the command, tells its answer, and insists on the exit code.
trueup() {
  local expected=$1 code=0
  shift
  printf '  $ trueup %s\n' "$*"
  (cd "$work" && "${program[@]}" "$@" --json) >"$answer" || code=$?
  node "$sample/answer.mjs" tell "$answer"
  [ "$code" -eq "$expected" ] || fail "trueup $* ended with exit code $code, not $expected; its answer is in $answer"
}

# must EXPECTATION CONDITION: insists on what the last answer says. The condition is JavaScript about r (the result) and
# m (the mistakes in the sheet).
must() {
  node "$sample/answer.mjs" check "$answer" "$work/mistakes.json" "$2" \
    || fail "expected that $1; the answer is in $answer"
  printf '    ✓ %s\n' "$1"
}

# damage STATEMENTS: somebody changes the target without asking.
damage() {
  local line
  while read -r line; do printf '  > %s\n' "$line"; done <<<"$1"
  sql "$1"
}

tell_story() {
  say "A sheet of sellers and their properties, with the mistakes that people make."
  generate

  say "1. Properties into $target, then sellers: what is right goes in, what is wrong is set apart, and the verdict says so."
  trueup 0 run "$properties.yaml"
  must "every property is in and proven" 'r.verification.verdict === "verified" && r.counts.created === r.counts.source'
  trueup 1 run "$sellers.yaml"
  must "the verdict is incomplete" 'r.verification.verdict === "incomplete"'
  must "each mistake in the sheet is named, and nothing else" 'same(r.verification.integrity_issues.map(issue), m.map(mistake))'
  must "all other sellers are in" 'r.verification.unproven === bad(m) && r.counts.created === 5000 - bad(m)'
  trueup 0 dead-letters list --pipeline "$sellers"
  must "the bad rows wait in the dead letters" \
    'same(unique(r.dead_letters.map(issue)), unique(m.filter(x => x.is_dead_letter).map(mistake)))'

  say "2. Once more: nothing is left to do."
  trueup 1 run "$sellers.yaml"
  must "nothing was changed" 'r.counts.created + r.counts.updated + r.counts.deleted === 0'

  say "3. Behind its back, seller AA12679 vanishes from the target and AA11111 is altered."
  damage "DELETE FROM sellers WHERE seller_number = 'AA12679';
UPDATE sellers SET name = 'N. N.', phone = ltrim(phone, '0') WHERE seller_number = 'AA11111';"
  trueup 1 verify "$sellers.yaml"
  must "exactly the missing seller is named" 'same(r.verification.gaps, ["AA12679"]) && r.verification.extra.length === 0'
  must "exactly the altered columns of AA11111 are named" \
    'same(r.verification.drift.map(d => d.key), ["AA11111"]) && same(r.verification.drift[0].columns.map(c => c.column), ["name", "phone"])'
  [ "$(sql "SELECT count(*) FROM sellers WHERE seller_number = 'AA12679'")" = 0 ] || fail "verify wrote to the target"
  trueup 1 run "$sellers.yaml"
  must "one row was put back and one put right" 'r.counts.created === 1 && r.counts.updated === 1 && r.counts.deleted === 0'
  [ "$(sql "SELECT count(*) FROM sellers WHERE seller_number = 'AA12679' OR (seller_number = 'AA11111' AND phone LIKE '0%')")" = 2 ] \
    || fail "the target still lacks AA12679, or the phone number of AA11111 its zero"

  say "4. Somebody corrects the sheet."
  generate --clean
  trueup 0 run "$sellers.yaml"
  must "the verdict is verified, for all 5,000" 'r.verification.verdict === "verified" && r.counts.target === 5000'
  must "no issue is left" 'r.verification.integrity_issues.length === 0 && r.dead_letters === 0'
  trueup 0 dead-letters list --pipeline "$sellers"
  must "the dead letters are empty" 'r.dead_letters.length === 0'

  say "5. With all proven before, the same damage is repaired to the full."
  damage "DELETE FROM sellers WHERE seller_number = 'AA12679';"
  trueup 0 run "$sellers.yaml"
  must "the verdict is repaired, and says which row it was" \
    'r.verification.verdict === "repaired" && same(r.verification.gaps, ["AA12679"])'
  local run_id
  run_id=$(node "$sample/answer.mjs" get "$answer" run_id)

  say "6. What is left of it is a receipt."
  trueup 0 receipt show last
  must "it is the last run's, about all 5,000" "r.receipt.body.run_id === '$run_id' && r.receipt.body.coverage.proven === 5000"
  trueup 0 receipt check last

  say "Proven: the sellers in $target are those in the sheet. Everything is in ${work#"$root"/}; look around with"
  printf '  cd %s && %s runs\n' "${work#"$root"/}" "$root/dev trueup"
}
