// Adds up the results of all test projects and ends with the line `N passed, N failed[, N skipped]`.
// usage: node eng/test-counts.mjs RESULTS   (one folder a project, each with the results.trx its run left)
// A project without results (its runner crashed, or found nothing) counts as one failure. Exits 1 unless all is well.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const results = process.argv[2];
const sum = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

console.log('\nTests');
for (const project of readdirSync(results).sort()) {
  const counts = read(project);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  console.log(`  ${project.padEnd(30)} ${line(counts)}`);
}

if (failures.length > 0) console.log('\nFailed');
for (const name of failures) console.log(`  ${name}`);
console.log(`\n${line(sum)}`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

function read(project) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const file = join(results, project, 'results.trx');
  const xml = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const [result] of xml.matchAll(/<UnitTestResult [^>]*>/g)) {
    const outcome = /outcome="(\w+)"/.exec(result)?.[1];
    if (outcome === 'Passed') counts.passed++;
    else if (outcome === 'NotExecuted') counts.skipped++;
    else {
      counts.failed++;
      failures.push(/testName="([^"]*)"/.exec(result)?.[1]);
    }
  }
  // An aborted run can leave results of which all passed; its summary then says that it did not complete.
  const outcome = /<ResultSummary outcome="(\w+)"/.exec(xml)?.[1];
  const complete = outcome === 'Completed' || (outcome === 'Failed' && counts.failed > 0);
  if (!complete || counts.passed + counts.failed + counts.skipped === 0) {
    counts.failed++;
    failures.push(`${project}: no complete results (${outcome ?? 'no results file'})`);
  }
  return counts;
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
