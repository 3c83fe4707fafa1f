// Line coverage of src/ over all test projects: a line counts as covered when any of them ran it.
// usage: node eng/coverage.mjs ROOT RESULTS   (RESULTS holds the cobertura files the test run left)
// Exits 1 below TRUEUP_MIN_COVERAGE percent (default 90), and where an assembly of src/ that lies beside a project's
// tests is not in that project's report: the tool that measures drops what it cannot read without a word.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

const MINIMUM_PERCENT = 90;
const [root, results] = process.argv.slice(2).map((path) => resolve(path));
const minimum = Number(process.env.TRUEUP_MIN_COVERAGE || MINIMUM_PERCENT);

const lines = new Map(); // file in src/ -> Map(line number -> covered)
const dropped = []; // "assembly, of project"
for (const project of readdirSync(results).sort()) {
  const measured = new Set();
  for (const report of reports(join(results, project))) {
    const xml = readFileSync(report, 'utf8');
    merge(xml);
    for (const [, name] of xml.matchAll(/<package name="([^"]+)"/g)) measured.add(name);
  }
  for (const name of assemblies(project)) if (!measured.has(name)) dropped.push(`${name}, beside ${project}`);
}

const parts = new Map(); // project -> [covered, all]
for (const [file, hits] of lines) {
  const part = parts.get(file.split(sep)[1]) ?? [0, 0];
  part[0] += [...hits.values()].filter(Boolean).length;
  part[1] += hits.size;
  parts.set(file.split(sep)[1], part);
}

const total = [...parts.values()].reduce((sum, [covered, all]) => [sum[0] + covered, sum[1] + all], [0, 0]);
console.log('\nLine coverage of src/');
for (const [name, part] of [...parts].sort()) print(name, part);
print('all', total);

for (const name of dropped) fail(`not measured: ${name}`);
if (total[1] === 0) {
  fail('no line of src/ was measured: did the tests run?');
} else if (percent(total) < minimum) {
  const least = [...lines].map(([file, hits]) => [file, [...hits.values()].filter((hit) => !hit).length])
    .sort((a, b) => b[1] - a[1]).slice(0, 10).filter(([, missed]) => missed > 0);
  for (const [file, missed] of least) console.log(`  ${String(missed).padStart(5)} lines never run in ${file}`);
  fail(`coverage ${percent(total).toFixed(1)} % is below ${minimum} %`);
}

// The assemblies of src/ that a test project has in its output.
function assemblies(project) {
  const output = join(root, 'artifacts', 'bin', project, 'release');
  return readdirSync(join(root, 'src')).filter((name) => existsSync(join(output, `${name}.dll`)));
}

function* reports(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.name === 'coverage.cobertura.xml') yield join(entry.parentPath ?? entry.path, entry.name);
}

// Cobertura lists a class with its file name, relative to one of the report's <source> folders; partial classes and
// closures repeat a file, and a method's lines are listed again below its class.
function merge(xml) {
  const sources = [...xml.matchAll(/<source>([^<]*)<\/source>/g)].map((match) => match[1]);
  for (const [, name, body] of xml.matchAll(/<class [^>]*?filename="([^"]+)"[^>]*>([\s\S]*?)<\/class>/g)) {
    const file = locate(name, sources);
    if (!file) continue;
    const hits = lines.get(file) ?? new Map();
    for (const [, number, count] of body.matchAll(/<line number="(\d+)" hits="(\d+)"/g))
      hits.set(number, hits.get(number) || count !== '0');
    lines.set(file, hits);
  }
}

function locate(name, sources) {
  const candidates = isAbsolute(name) ? [name] : sources.map((source) => join(source, name));
  return candidates.map((path) => relative(root, path)).find((path) => path.startsWith(`src${sep}`));
}

function percent([covered, all]) {
  return all === 0 ? 100 : (100 * covered) / all;
}

function print(name, part) {
  console.log(`  ${name.padEnd(30)} ${percent(part).toFixed(1).padStart(5)} %  (${part[0]} of ${part[1]} lines)`);
}

function fail(message) {
  console.log(`dev: ${message}`);
  process.exitCode = 1;
}
