// Adds up the reports of all test runners and prints the closing line; fails where something failed or nothing ran.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let passed = 0;
let failed = 0;
let skipped = 0;

for (const module of readdirSync('.')) {
  const reports = join(module, 'target', 'surefire-reports');
  if (!existsSync(reports)) continue;
  for (const file of readdirSync(reports).filter((name) => name.endsWith('.xml'))) {
    const suite = readFileSync(join(reports, file), 'utf8').match(/<testsuite [^>]*>/)?.[0] ?? '';
    const count = (name) => Number(suite.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0);
    const bad = count('failures') + count('errors');
    failed += bad;
    skipped += count('skipped');
    passed += count('tests') - bad - count('skipped');
  }
}
const dashboard = join('dashboard', 'test-results.json');
if (existsSync(dashboard)) {
  const report = JSON.parse(readFileSync(dashboard, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
