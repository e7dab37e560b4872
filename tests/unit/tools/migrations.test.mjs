// migrations.test.mjs - what tools/migrations.mjs takes, refuses and writes.
import test from 'node:test';
import assert from 'node:assert/strict';
import { gather, generate } from '../../../tools/migrations.mjs';

const file = (path, text = 'SELECT 1;') => ({ path, bytes: Buffer.from(text) });

test('scripts are sorted by number, each database for itself', () => {
    const { dialects, faults } = gather([
        file('migrations/0002_more.sqlite.sql'),
        file('migrations/0001_core.sqlite.sql'),
        file('migrations/0001_core.postgres.sql'),
    ]);
    assert.deepEqual(faults, []);
    assert.deepEqual(dialects.get('sqlite').map((s) => s.name), ['0001_core', '0002_more']);
    assert.deepEqual(dialects.get('postgres').map((s) => s.version), [1]);
});

test('a gap, a number given twice and a bad name are refused', () => {
    const faults = (...names) => gather(names.map((name) => file(name))).faults;
    assert.deepEqual(faults('0001_a.sqlite.sql', '0003_b.sqlite.sql'), ['0003_b.sqlite.sql: number 2 is due here']);
    assert.deepEqual(faults('0001_a.sqlite.sql', '0001_b.sqlite.sql'), ['0001_b.sqlite.sql: number 2 is due here']);
    assert.deepEqual(faults('x/1_a.sqlite.sql'), ['x/1_a.sqlite.sql: the name must be NNNN_name.DIALECT.sql']);
});

test('the bytes are written as they are', () => {
    const { dialects } = gather([file('0001_a.sqlite.sql', 'é"\n')]);
    const text = generate(dialects);
    assert.match(text, /sqlite_0001_a\[\] = \{\n {4}195, 169, 34, 10,\n {4}0\};/);
    assert.match(text, /\{1, "0001_a", \{\(const char \*\)sqlite_0001_a, 4\}\}/);
    assert.match(generate(new Map()), /\*count = 0;\n {4}return NULL;/);
});
