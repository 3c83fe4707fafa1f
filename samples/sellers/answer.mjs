// Reads what `trueup … --json` answered.
// usage: node answer.mjs tell ANSWER                        a few lines for people
//        node answer.mjs check ANSWER MISTAKES CONDITION    exits 1 unless the condition (JavaScript) holds
//        node answer.mjs get ANSWER FIELD                   a field of the result
import { readFileSync } from 'node:fs';

const LETTERS_SHOWN = 25;
const [command, file, ...rest] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const answer = read(file);
const result = answer.result ?? {};

// What conditions are written with. A mistake and the issue reported for it come to the same text: what is wrong with
// which record. A record without a number is known by its place, whose spelling depends on the kind of file.
// Letters of a shared key carry the record's place behind it.
const issue = (x) => `${x.type ?? x.issue} ${/^(record|line) \d+$/.test(x.key) ? 'without number' : x.key.replace(/ \(record \d+\)$/, '')}`;
const mistake = (x) => `${x.issue} ${x.number ?? 'without number'}`;
const tools = {
  issue: (x) => issue(x),
  mistake: (x) => mistake(x),
  bad: (mistakes) => mistakes.filter((x) => x.is_dead_letter).length,
  unique: (list) => [...new Set(list)],
  same: (left, right) => JSON.stringify([...left].sort()) === JSON.stringify([...right].sort()),
};

if (command === 'tell') tell();
else if (command === 'get') console.log(result[rest[0]]);
else process.exitCode = holds(read(rest[0]), rest[1]) ? 0 : 1;

// The rows that are wrong in the CSV file only are no mistakes of the workbook, which the story is about.
function holds(mistakes, condition) {
  const names = Object.keys(tools);
  const inBook = mistakes.filter((x) => !x.in_csv_only);
  return new Function('r', 'm', ...names, `return ${condition};`)(result, inBook, ...Object.values(tools));
}

function tell() {
  line(answer.summary);
  if (result.counts) tellRun(result);
  for (const letter of result.dead_letters?.slice?.(0, LETTERS_SHOWN) ?? [])
    line(`  ${letter.key.padEnd(14)} ${letter.issue.padEnd(24)} ${letter.reason}`);
  if (result.receipt?.body) tellReceipt(result.receipt.body);
  for (const finding of answer.error?.findings ?? []) line(`  ${finding.message} ${finding.suggestion}`);
}

function tellRun({ counts, verification, phases }) {
  for (const key of verification.gaps) line(`  missing on the target: ${key}`);
  for (const { key, columns } of verification.drift)
    line(`  different: ${key}: ${columns.map((c) => `${c.column} is ${c.target}, should be ${c.source}`).join('; ')}`);
  for (const key of verification.extra) line(`  only on the target: ${key}`);
  const reported = verification.integrity_issues.filter((x) => x.type === 'missing_property');
  for (const { key, reason } of reported) line(`  reported: ${key}: ${reason}`);
  const number = (count) => count.toLocaleString('en');
  const [there, here] = [number(counts.source), number(counts.target)];
  line(`  ${there} in the source, ${here} in the target; ${number(phases.total_ms)} ms`);
}

function tellReceipt({ run_id, verdict, coverage, finished_at, units }) {
  line(`  run ${run_id}: ${verdict} at ${finished_at}, ${coverage.proven} rows proven, ${coverage.unproven} not`);
  for (const { source_position, source, target } of units)
    line(`  of ${source_position.value}:\n      digest of the source ${source}, of the target ${target}`);
}

function line(text) {
  console.log(`    ${text}`);
}
