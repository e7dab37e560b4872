// setup.test.mjs - the first set-up: by the code that the server prints, once, and never again.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fetchedCookie } from './browser.mjs';
import { startTenon } from './support.mjs';

const tenon = await startTenon({ tenants: false });
after(() => tenon.stop());
const ask = (path, options = {}) => fetch(tenon.url + path, { redirect: 'manual', ...options });
const good = {
    business: 'Fernhill Solar', name: 'Nora Fernhill', email: 'nora@fernhill.example', password: 'a sentence of nora',
        country: 'AU',
    currency: 'AUD', timezone: 'Australia/Melbourne',
};
const setUp = (fields) => ask('/setup', { method: 'POST', body: new URLSearchParams(fields) });
const code = await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no code was printed: ${tenon.said.join('\n')}`)), 60_000);
    const look = () => {
        const found = /code (\w{20})/.exec(tenon.said.join('\n'));
        if (found) { clearTimeout(timer); done(found[1]); } else setTimeout(look, 20);
    };
    look();
});

test('every page leads to the set-up while there is no company', async () => {
    for (const path of ['/', '/leads', '/login']) assert.equal((await ask(path)).headers.get('location'), '/setup', path);
    const text = await (await ask('/setup')).text();
    assert.match(text, /Set-up code/);
    assert.doesNotMatch(text, new RegExp(code), 'the page does not give the code away');
});

test('country, currency and time zone are chosen by name, in the language of the browser', async () => {
    const choices = async (name, language) => {
        const text = await (await ask('/setup', { headers: { 'accept-language': language } })).text();
        const [select] = new RegExp(`<select[^>]* name="${name}"[^]*?</select>`).exec(text);
        return [...select.matchAll(/<option value="([^"]*)"( selected)?>([^<]*)</g)]
            .map(([, value, on, words]) => ({ value, on, said: words }));
    };
    const said = (all, value) => all.find((choice) => choice.value === value)?.said;
    const [english, german] = [await choices('country', 'en'), await choices('country', 'de')];
    assert.deepEqual([said(english, 'DE'), said(german, 'DE')], ['Germany (DE)', 'Deutschland (DE)']);
    assert.deepEqual(english.filter((choice) => choice.on).map((choice) => choice.value), ['US']);
    assert.ok(english.length > 240 && english.length < 256, `${english.length} countries`);
    const order = english.map((choice) => choice.said);
    assert.deepEqual(order, [...order].sort(new Intl.Collator('en').compare), 'in the order of their names');
    assert.match(said(await choices('currency', 'en'), 'AUD'), /^Australian Dollar \(AUD\)$/i);
    const zones = await choices('timezone', 'en');
    assert.equal(said(zones, 'America/New_York'), 'America/New York');
    assert.equal(zones[0].value, 'UTC');
});

test('without the code nothing is made, and what was typed is kept', async () => {
    const wrong = await setUp({ ...good, code: 'abcdefghjkmnpqrstuvw' });
    const text = await wrong.text();
    assert.equal(wrong.status, 403);
    assert.match(text, /not the code/);
    assert.match(text, /value="Fernhill Solar"/);
    assert.doesNotMatch(text, /a sentence of nora/);
    assert.equal((await ask('/')).headers.get('location'), '/setup');
});

test('with the code everything that is wrong is told at once', async () => {
    const answer = await setUp({ ...good, code, business: '', email: '', password: 'short' });
    const text = await answer.text();
    assert.equal(answer.status, 422);
    for (const what of [/3 things to fix/, /name of your business/, /your e-mail address/, /8 characters/])
        assert.match(text, what);
    const odd = await setUp({ ...good, code, currency: 'XYZ' });
    assert.equal(odd.status, 422);
    const shown = await odd.text();
    assert.match(shown, /is no currency/);
    assert.match(shown, /<option value="AU" selected>/, 'what was chosen stays');
    assert.match(shown, /<option value="XYZ" selected>/);
    assert.deepEqual((await tenon.cli('tenant', 'list')).tenants, []);
});

test('of many at once one makes the company, and is signed in', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => setUp({ ...good, code, business: `Fernhill ${i}` })));
    assert.deepEqual(answers.map((x) => x.status).sort(), [303, 403, 403, 403, 403, 403]);
    assert.equal((await tenon.cli('tenant', 'list')).tenants.length, 1);
    const cookie = fetchedCookie(answers.find((x) => x.status === 303));
    const home = await ask('/', { headers: { cookie } });
    assert.equal(home.status, 200);
    assert.match(await home.text(), /No leads yet/);
});

test('afterwards the set-up is closed for ever', async () => {
    assert.equal((await ask('/setup')).status, 404);
    const again = await setUp({ ...good, code });
    assert.equal(again.status, 403);
    assert.match(await again.text(), /set up already/);
    assert.equal((await tenon.cli('tenant', 'list')).tenants.length, 1);
    await tenon.halt();
    await tenon.start();
    assert.equal((await ask('/setup')).status, 404);
    assert.equal((await ask('/')).headers.get('location'), '/login');
    const body = new URLSearchParams({ email: good.email, password: good.password });
    assert.equal((await ask('/login', { method: 'POST', body })).status, 303);
});
