// German over HTTP: no page of any entity shows one of its English labels, errors name the German ones, and who asks decides the
// language - by what they chose, by what their company speaks, before sign-in by their browser.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Client, Tenon, errorsOf } from './support.mjs';
import { ask, signIn } from './browser.mjs';
import { read } from '../../tools/lang.mjs';

const german = new Map(read('po/de.po').entries.filter((e) => !e.context).map((e) => [e.id, e.said[0]]));
const tenon = new Tenon();
const people = []; // administrators who read German: of the demo company, and of one with every pack
let schema;

before(async () => {
    await tenon.migrate();
    schema = (await tenon.cli('schema')).entities;
    const demo = await tenon.cli('demo', '--business', 'solar', '--size', '1');
    const other = await tenon.tenant('Other');
    await tenon.start();
    const { email } = demo.users.find((user) => user.role === 'tenant_admin');
    for (const who of [{ email, password: demo.password }, other.admin]) {
        const api = await tenon.client(who.email);
        people.push({ api, cookie: await signIn(tenon, who) });
        await speak(api, 'de');
    }
});
after(async () => { await tenon.stop(); });

async function speak(api, language) {
    const answer = await api.patch(`/users/${api.userId}`, { language });
    assert.equal(answer.status, 200, answer.text);
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (html) => html.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole).trim();

/* Texts of a page that people read, in its main part. */
function texts_of(html) {
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>')).replace(/<(code|kbd|pre)\b[\s\S]*?<\/\1>/g, ' ');
    const texts = main.split(/<[^>]*>/).map(decoded);
    for (const [, value] of main.matchAll(/ (?:title|aria-label|placeholder)="([^"]*)"/g)) texts.push(decoded(value));
    return texts.filter(Boolean);
}

/* Its English labels that are other words in German. */
function english_of(entity) {
    const labels = [entity.one, entity.many, ...entity.fields.map((f) => f.label), ...entity.actions.map((a) => a.label)];
    const said = [...german.values()];
    return new Set(labels.filter((label) => label && german.get(label) !== label && !said.includes(label)));
}

async function pages_of(entity, who) {
    const get = (path) => ask(tenon, 'GET', path, { headers: { cookie: who.cookie } });
    const list = await get(`/${entity.name}?limit=5`);
    if (list.status !== 200) return [];
    const record = new RegExp(`href="(/${entity.name}/\\d+)`).exec(list.text)?.[1];
    const others = await Promise.all([`/${entity.name}/new`, record].filter(Boolean).map(get));
    return [list, ...others.filter((page) => page.status === 200)];
}

test('no page of any entity shows one of its English labels', async () => {
    const wrong = [], data = new Set();
    for (const row of await people[0].api.all('/lead_sources')) data.add(row.name);
    for (const row of await people[1].api.all('/call_dispositions')) data.add(row.name);
    let looked = 0, records = 0;
    for (const entity of schema) {
        const english = english_of(entity);
        let pages = [];
        for (const who of people) {
            const found = await pages_of(entity, who);
            if (found.length > pages.length) pages = found;
            if (pages.length === 3) break;
        }
        looked += pages.length;
        if (pages.length === 3) records++;
        const texts = pages.flatMap((page) => texts_of(page.text));
        for (const text of texts) if (english.has(text) && !data.has(text)) wrong.push(`${entity.name}: ${text}`);
    }
    assert.ok(looked > 150 && records > 10, `${looked} pages, ${records} of records`);
    assert.deepEqual([...new Set(wrong)], []);
});

test('the names of packs and built-in roles, and a yes or no in a calendar, are told in German', async () => {
    const { api, cookie } = people[1];
    const texts = async (path) => texts_of((await ask(tenon, 'GET', path, { headers: { cookie } })).text);
    const company = await texts(`/tenants/${(await api.get('/tenants')).json.data[0].id}/edit`);
    for (const pack of ['Vertrieb', 'Dokumentation', 'Umzug', 'KI']) assert.ok(company.includes(pack), `${pack} of ${company}`);
    const roles = (await api.get('/roles')).json.data;
    const dispatcher = roles.find((role) => role.name === 'dispatcher');
    for (const path of ['/roles', `/roles/${dispatcher.id}`, '/settings/invitations/new', '/me']) {
        const read = (await texts(path)).join(' | ');
        assert.match(read, path === '/me' ? /Administrator/ : /Disposition/, path);
        assert.doesNotMatch(read, /Dispatcher|Plans the work/, path);
    }
    assert.equal(dispatcher.label, 'Dispatcher', 'programs read what is stored');
    const away = { user_id: api.userId, date: '2026-03-02', starts_at: '2026-03-02T08:00:00Z', ends_at: '2026-03-02T12:00:00Z' };
    for (const [is_available, reason] of [[true, 'Bereitschaft'], [false, 'Zahnarzt']])
        assert.equal((await api.post('/availability', { ...away, is_available, reason, type: 'personal' })).status, 201);
    const calendar = (await texts('/availability/calendar?date=2026-03-02')).join(' | ');
    assert.match(calendar, /Bereitschaft[^]*Verfügbar/);
    assert.match(calendar, /Zahnarzt/);
    assert.doesNotMatch(calendar, /Not known|Nicht bekannt|Unbekannt/);
});

test('a page in English would be found', async () => {
    const entity = schema.find((e) => e.name === 'leads');
    await speak(people[0].api, 'en');
    const pages = await pages_of(entity, people[0]);
    await speak(people[0].api, 'de');
    const english = english_of(entity);
    assert.ok(pages.flatMap((page) => texts_of(page.text)).filter((text) => english.has(text)).length > 5);
});

test('what people named themselves stays theirs, even where it reads like a word of ours', async () => {
    const field = { entity: 'leads', label: 'Postcode', kind: 'choice', choices: ['open', 'draft'] };
    const { api, cookie } = people[0];
    const made = await api.post('/custom_fields', field);
    assert.equal(made.status, 201, made.text);
    const form = texts_of((await ask(tenon, 'GET', '/leads/new', { headers: { cookie } })).text);
    assert.ok(form.includes('Postcode') && form.includes('Postleitzahl'));
    assert.ok(form.includes('Draft') && !form.includes('Entwurf'));
});

test('an error is told in German with the German label, its code and field stay', async () => {
    const answer = await people[0].api.post('/lead_sources', {});
    assert.deepEqual(errorsOf(answer)[0], { field: 'name', code: 'required', message: 'Name fehlt.' });
    const [over] = errorsOf(await people[0].api.post('/lead_sources', { name: 'x'.repeat(101) }));
    assert.deepEqual([over.code, over.message], ['too_long', 'Geben Sie höchstens 100 Zeichen ein; das sind 101.']);
});

test('whoever is not signed in reads what their browser asks for', async () => {
    const page = async (language) => (await ask(tenon, 'GET', '/login', { headers: { 'accept-language': language } })).text;
    assert.match(await page('de-AT,de;q=0.9,en;q=0.5'), /<html lang="de"[\s\S]*Anmelden/);
    assert.match(await page('fr;q=0.9, de;q=0.4, en;q=0.2'), /<html lang="de"/);
    assert.match(await page('en-GB,en;q=0.9,de;q=0.8'), /<html lang="en"[\s\S]*Sign in/);
    assert.match(await page('de;q=0'), /<html lang="en"/);
    assert.match(await page('*'), /<html lang="en"/);
    const refused = await new Client(tenon, null).get('/leads', { headers: { 'accept-language': 'de' } });
    assert.match(refused.json.detail, /^Melden Sie sich an/);
});

test('without a choice of their own people read what their company speaks, whatever their browser asks for', async () => {
    const { api, cookie } = people[1];
    const headers = { cookie, 'accept-language': 'de' };
    const lang = async () => /<html lang="(\w+)"/.exec((await ask(tenon, 'GET', '/me', { headers })).text)[1];
    await speak(api, null);
    assert.equal(await lang(), 'en');
    const company = (await api.get('/tenants')).json.data[0];
    assert.equal((await api.patch(`/tenants/${company.id}`, { language: 'de' })).status, 200);
    assert.equal(await lang(), 'de');
    await speak(api, 'en');
    assert.equal(await lang(), 'en');
});
