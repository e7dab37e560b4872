// The contrast check finds what is hard to read, and finds nothing in our own tokens.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { check, contrast } from '../../../tools/contrast.mjs';

const css = fs.readFileSync(new URL('../../../web/css/tokens.css', import.meta.url), 'utf8');

test('known ratios are computed', () => {
    assert.equal(contrast('#000', '#fff').toFixed(2), '21.00');
    assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
    assert.equal(contrast('oklch(0% 0 0)', 'oklch(100% 0 0)').toFixed(1), '21.0');
});

test('every pair of the tokens is readable', () => {
    const results = check(css);
    assert.equal(results.length, 174);
    assert.deepEqual(results.filter((r) => r.ratio < r.floor), []);
});

test('a paler text colour is found', () => {
    const pale = css.replace(/(--text-3: light-dark\(oklch\()51\.5%/, '$167%');
    assert.notEqual(pale, css);
    assert.ok(check(pale).some((r) => r.front === 'text-3' && r.theme === 'light' && r.ratio < r.floor));
});

test('a missing token is found', () => {
    assert.ok(check(css.replace('--accent-text:', '--gone:')).some((r) => r.front === 'accent-text' && r.ratio < r.floor));
});
