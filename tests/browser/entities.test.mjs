// Every generic page of every entity: accessible in light, dark and on a phone, no wider than 320 px, and never running what
// people typed. A control shows that the trap would have been sprung.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Company, axe, sideways } from './company.mjs';

const IMAGE = '<img src=x onerror=sprung()>';
const TRAP = `'"><script>sprung()</script><svg/onload=sprung()>${IMAGE}`; // ends every place that text may stand in
const MODELS = ['leads', 'clients', 'contacts', 'tasks', 'notes', 'sales_activities', 'lead_statuses', 'users', 'roles',
    'audit_logs'];

let company, schema;
before(async () => {
    company = await Company.start();
    schema = (await company.tenon.cli('schema')).entities;
});
after(async () => { await company.stop(); });

const entity = (name) => schema.find((e) => e.name === name);

const LOOKS = { light: {}, dark: { theme: 'dark' }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 } };
const MODEL = 'leads'; // looked at in every way; the others, which the same code makes, once

// The pages that an entity has.
async function paths(list, name) {
    await list.goto(`/${name}?limit=5`);
    const has = async (selector) => await list.locator(selector).count() > 0;
    const found = [`/${name}?limit=5`];
    const made = await has('.page-head .btn.primary');
    if (made) found.push(`/${name}/new`);
    const record = await has('tbody th a') && await list.locator('tbody th a').first().getAttribute('href');
    if (record) found.push(record);
    if (name === MODEL) found.push('/leads?q=zzzzqqqq', '/leads/board?filter[rating]=hot', '/leads?trash=true',
        '/leads?limit=5&f=assigned_to_id', '/leads?limit=5&f=score&of=score&op=gte&v=x', `${record}/edit`, `${record}/move`);
    return found;
}

async function faults_of(page, path, look) {
    await page.goto(path);
    const rules = { dark: ['color-contrast'], narrow: ['target-size'] };
    const faults = await axe(page, rules[look]);
    if (await sideways(page) > 0) faults.push('wider than the window');
    const [h1, title] = [await page.locator('h1').allTextContents(), await page.title()];
    if (h1.length !== 1 || title !== `${h1[0].trim()} · Tenon`) faults.push(`h1 '${h1}', title '${title}'`);
    return faults.map((fault) => `${path} ${look}: ${fault}`);
}

for (const name of MODELS) {
    test(`${name}: pages are accessible and fit a narrow window`, async () => {
        const faults = [];
        const looks = name === MODEL ? Object.keys(LOOKS) : ['light', 'narrow'];
        const pages = await Promise.all(looks.map((look) => company.open('about:blank', { who: 'nora', ...LOOKS[look] })));
        for (const path of await paths(pages[0], name))
            for (const [i, look] of looks.entries()) faults.push(...await faults_of(pages[i], path, look));
        for (const page of pages) await page.context().close();
        assert.deepEqual(faults, []);
    });
}

// All texts of a new record are traps.
const poisoned = (e, more) => {
    const texts = e.fields.filter((f) => ['text', 'markdown', 'tags'].includes(f.kind) && !f.read_only && !f.hidden);
    const named = texts.filter((f) => /name|title|subject|content|description|label|step|detail|city|tags/.test(f.name));
    return { ...Object.fromEntries(named.map((f) => [f.name, f.kind === 'tags' ? [IMAGE] : TRAP])), ...more };
};

const TRIP = 'window.sprung = () => { window.caught = true; }';

async function springs(page, path) {
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    return page.evaluate(() => Boolean(window.caught || document.querySelector('main :is([onerror], [onload], script)')));
}

test('what people typed is shown, never run, on every page', async () => {
    const { api } = company;
    const faults = [];
    const client = await company.one('clients');
    const page = await company.open('about:blank', { who: 'nora' });
    await page.addInitScript(TRIP);
    const made = {};
    const create = async (name, more = {}) => {
        const answer = await api.post(`/${name}`, poisoned(entity(name), more));
        assert.equal(answer.status, 201, `${name}: ${answer.text}`);
        made[name] = (answer.json.data ?? answer.json).id;
    };
    await create('lead_statuses', { position: 90 });
    await create('leads', { lead_status_id: made.lead_statuses, assigned_to_id: null });
    await create('contacts', { client_id: client.id, contact_type: undefined });
    await create('tasks', { subject_type: 'leads', subject_id: made.leads });
    await create('notes', { subject_type: 'leads', subject_id: made.leads });
    await create('sales_activities', { lead_id: made.leads, type: 'phone_call' });
    const view = await api.post('/saved_views', { name: TRAP, entity: 'leads', query: `q=${encodeURIComponent(TRAP)}` });
    assert.equal(view.status, 201, view.text);
    const asked = encodeURIComponent(TRAP);
    const all = Object.entries(made).flatMap(([name, id]) => [`/${name}`, `/${name}/${id}`, `/${name}/${id}/edit`]);
    all.push('/leads/board', '/tasks/board', `/leads/${made.leads}/move`, `/leads?q=${asked}`, `/leads/board?q=${asked}`,
        `/leads?filter[name][contains]=${asked}`, `/leads?f=name&of=name&op=${asked}&v=${asked}`,
        `/leads?done=${asked}&undo=${asked}`, `/leads/new?name=${asked}`, `/leads/view?q=${asked}`);
    for (const path of all) if (await springs(page, path)) faults.push(`${path}`);
    await page.goto(`/leads/${made.leads}`);
    assert.equal(await page.locator('h1').innerText(), TRAP);
    assert.deepEqual(faults, []);
});

test('control: the same words without escaping are run', async () => {
    const page = await company.open('about:blank', { who: 'nora' });
    await page.addInitScript(TRIP);
    const body = `<main>${TRAP}</main>`;
    await page.route('**/control', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto('/control');
    await page.waitForFunction(() => window.caught);
    await page.context().close();
    company.problems = company.problems.filter((words) => !words.includes('/x'));
});

test('what a form is sent comes back as text', async () => {
    const page = await company.open('/leads/new');
    await page.getByLabel(/^Company/).fill(TRAP);
    await page.getByLabel(/^E-mail/).fill(IMAGE);
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.locator('[data-error-summary]').waitFor();
    assert.equal(await page.getByLabel(/^Company/).inputValue(), TRAP);
    assert.equal(await page.locator('main script, main [onerror]').count(), 0);
});
