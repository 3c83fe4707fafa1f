// Looks for what must not be in the tree: paths of the machine the author happened to use, comments over 120 columns in
// sources (the layout of code is CSharpier's business, and a text or a statement of SQL may be as long as it is),
// carriage returns. usage: node eng/check-tree.mjs ROOT
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE_COLUMNS_MAX = 120;
const SOURCE = /\.(cs|mjs|ts|tsx)$/;
const COMMENT = /^\s*\/\//;
// Input of tests is what it is, and lock files are generated.
const EXEMPT = /^tests\/data\/|package-lock\.json$/;
const root = process.argv[2];
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const homes = [root, process.env.HOME ?? '']
  .filter((path) => path.length > 4)
  .map((path) => `${escape(path)}(?![\\w-])`);
const machine = new RegExp([...homes, '/home/\\w+/', '/Users/\\w+/', '[A-Z]:\\\\Users\\\\'].join('|'));

const list = ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
const files = execFileSync('git', list, { encoding: 'utf8' })
  .split('\0')
  .filter((file) => file && !EXEMPT.test(file) && existsSync(join(root, file)));
let findings = 0;
for (const file of files) check(file);
if (findings > 0) process.exit(1);

function check(file) {
  const bytes = readFileSync(join(root, file));
  if (bytes.includes(0)) return;
  bytes.toString('utf8').split('\n').forEach((line, index) => {
    const say = (what) => {
      findings++;
      console.error(`${file}:${index + 1}: ${what}`);
    };
    const path = machine.exec(line);
    if (path) say(`a path of one machine: ${path[0]}`);
    if (line.endsWith('\r')) say('ends with a carriage return');
    if (SOURCE.test(file) && COMMENT.test(line) && line.length > LINE_COLUMNS_MAX) say(`${line.length} columns of ${LINE_COLUMNS_MAX}`);
  });
}
