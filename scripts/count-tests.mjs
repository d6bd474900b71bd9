// Adds up the reports of all test runners and prints the closing line; fails where something failed or nothing ran.
// Usage: count-tests.mjs BROKEN, the number of stages that failed. A stage can fail without a failed test, when its
// sources do not compile, say; the line must not look well then.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const broken = Number(process.argv[2] ?? 0);
let passed = 0;
let failed = 0;
let skipped = 0;

for (const module of readdirSync('.')) {
  const reports = join(module, 'target', 'surefire-reports');
  if (!existsSync(reports)) continue;
  for (const file of readdirSync(reports).filter((name) => name.endsWith('.xml'))) {
    const suite = readFileSync(join(reports, file), 'utf8').match(/<testsuite [^>]*>/)?.[0];
    if (!suite) {
      console.error(`${join(reports, file)} cannot be read`);
      failed += 1;
      continue;
    }
    const count = (name) => Number(suite.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0);
    const bad = count('failures') + count('errors');
    failed += bad;
    skipped += count('skipped');
    passed += count('tests') - bad - count('skipped');
  }
}
for (const name of ['test-dashboard.json', 'test-browser.json']) {
  const file = join('build', name);
  if (!existsSync(file)) continue;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + (report.numTodoTests ?? 0);
}
if (broken > 0 && failed === 0) failed = broken;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || broken > 0 || passed === 0 ? 1 : 0);
