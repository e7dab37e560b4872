// pages.test.mjs - the pages beside the records: signing in, the first set-up, errors, the profile, users, order, files.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fetchedCookie } from './browser.mjs';
import { PASSWORD, errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['sales_agent', 'read_only'] });
after(() => tenon.stop());
const { a, b } = tenon;
const ABSENT = 2 ** 52 + 1;

const ask = (path, options = {}) => fetch(tenon.url + path, { redirect: 'manual', ...options });
const signIn = (fields) => ask('/login', { method: 'POST', body: new URLSearchParams(fields) });

// What somebody does in a browser, without scripts.
async function browser({ email, password = PASSWORD }) {
    const signed = await signIn({ email, password });
    assert.equal(signed.status, 303, await signed.text());
    const cookie = fetchedCookie(signed);
    const get = (path) => ask(path, { headers: { cookie } });
    const token = /name="csrf-token" content="([^"]+)"/.exec(await (await get('/')).text())[1];
    const post = (path, fields, headers = {}) => {
        const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
        body.append('_csrf', token);
        return ask(path, { method: 'POST', headers: { cookie, ...headers }, body });
    };
    return { cookie, get, post, text: async (path) => (await get(path)).text() };
}
const admin = await browser(a.admin);
const agent = await browser(a.sales_agent);

/* ---- signing in ------------------------------------------------------------------------------------------------------- */

test('the sign-in page names nobody where there is no demo', async () => {
    const text = await (await ask('/login')).text();
    assert.match(text, /<form[^>]+action="\/login"/);
    assert.doesNotMatch(text, /@|password is/);
});

test('a wrong password is told on the page, which keeps what was typed but the password', async () => {
    const answer = await signIn({ email: 'zoe@example.com', password: 'not this one', next: '/leads?sort=name' });
    const text = await answer.text();
    assert.equal(answer.status, 401);
    assert.match(text, /E-mail address or password is wrong/);
    assert.match(text, /value="zoe@example.com"/);
    assert.match(text, /name="next" value="\/leads\?sort=name"/);
    assert.doesNotMatch(text, /not this one/);
});

test('signing in leads to where one wanted to go, and never to another site', async () => {
    const want = { email: a.admin.email, password: PASSWORD };
    assert.equal((await signIn({ ...want, next: '/leads' })).headers.get('location'), '/leads');
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
        assert.equal((await signIn({ ...want, next })).headers.get('location'), '/', next);
    assert.equal((await ask('/leads?sort=name')).headers.get('location'), '/login?next=%2Fleads%3Fsort%3Dname');
});

test('signing out ends the session', async () => {
    const me = await browser(a.read_only);
    assert.equal((await me.post('/logout', {})).headers.get('location'), '/login');
    assert.equal((await me.get('/leads')).status, 303);
});

/* ---- errors ----------------------------------------------------------------------------------------------------------- */

test('what is not there is told in the frame to whoever is signed in, and alone to others', async () => {
    const inside = await admin.get('/no/such/place');
    const outside = await ask('/no/such/place');
    assert.deepEqual([inside.status, outside.status], [404, 404]);
    assert.match(await inside.text(), /class="sidebar"/);
    const text = await outside.text();
    assert.doesNotMatch(text, /class="sidebar"/);
    assert.match(text, /There is nothing here/);
    for (const answer of [inside, outside]) assert.match(answer.headers.get('content-security-policy'), /style-src 'self'/);
});

test('errors of pages are pages', async () => {
    const cases = [
        [await admin.get(`/leads/${ABSENT}`), 404], [await ask('/logout'), 405],
        [await agent.get('/audit_logs'), 403], [await admin.get('/leads?nonsense=1'), 400],
        [await ask('/leads', { method: 'POST', headers: { cookie: admin.cookie }, body: new URLSearchParams({ name: 'x' }) }),
            403],
        [await admin.post('/leads', { name: 'x'.repeat(2 << 20) }), 413],
    ];
    for (const [answer, status] of cases) {
        const text = await answer.text();
        assert.equal(answer.status, status, text.slice(0, 200));
        assert.match(answer.headers.get('content-type'), /^text\/html/);
        assert.match(text, new RegExp(`Error ${status}`), `${status}`);
    }
});

test('manifest, icon and robots are there for everybody', async () => {
    assert.match(await (await ask('/robots.txt')).text(), /Disallow: \//);
    assert.equal((await (await ask('/manifest.webmanifest')).json()).name, 'Tenon');
    assert.equal((await ask('/favicon.ico')).headers.get('content-type'), 'image/png');
});

test('the page for where there is no server tells nothing of anybody, and all that it needs is kept with it', async () => {
    const page = await ask('/offline');
    const text = await page.text();
    assert.equal(page.status, 200);
    assert.match(text, /You are offline/);
    assert.equal(text.replace(/nonce="[^"]*"/g, ''), (await (await admin.get('/offline')).text()).replace(/nonce="[^"]*"/g, ''));
    const worker = await ask('/worker.js');
    assert.match(worker.headers.get('content-type'), /javascript/);
    assert.match(worker.headers.get('content-security-policy'), /connect-src 'self'/);
    const kept = [...(await worker.text()).matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1]);
    assert.ok(kept.length >= 4);
    for (const path of kept) assert.equal((await ask(path)).status, 200, path);
    const needed = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:css|js|woff2))"/g)].map((match) => match[1]);
    assert.deepEqual(needed.filter((path) => !kept.includes(path)), []);
});

/* ---- the first page, search, the API in words ------------------------------------------------------------------------- */

test('the first page counts what its reader may see', async () => {
    const source = { name: 'Counted', estimated_value: '1000.00' };
    const mine = recordOf(await a.sales_agent.post('/leads', source));
    recordOf(await a.admin.post('/leads', { ...source, assigned_to_id: a.admin.userId }));
    const figure = (text) => Number(/<dt>Open leads<\/dt>\s*<dd><span class="v">(\d+)/.exec(text)[1]);
    assert.equal(figure(await agent.text('/')), 1);
    assert.ok(figure(await admin.text('/')) > 1);
    assert.equal(figure(await admin.text(`/?owner=${mine.assigned_to_id}`)), 1);
    for (const by of ['week', 'month', 'quarter', '"><script>'])
        assert.equal((await admin.get(`/?by=${encodeURIComponent(by)}`)).status, 200);
});

test('the first page adds up: what is open, what was won and lost, what is due, and whose it is', async () => {
    const c = await tenon.tenant('Tenant C');
    const chief = await browser(c.admin);
    const statuses = await c.admin.all('/lead_statuses?sort=position');
    const status = (found) => statuses.find(found).id;
    const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
    const make = async (about) =>
        recordOf(await c.admin.post('/leads', { note: 'As it is.', next_followup_at: ago(-9), ...about }));
    await make({ name: 'Small', estimated_value: '1000.00', next_followup_at: null });
    await make({ name: 'Large', estimated_value: '7000.00', next_followup_at: null });
    await make({ name: 'Late', estimated_value: '3000.00', next_followup_at: ago(3) });
    await make({ name: 'Foreign', estimated_value: '9000.00', currency: 'USD' });
    await make({ name: 'Lost', estimated_value: '500.00', lead_status_id: status((s) => s.is_lost) });
    for (const name of ['Won', 'Won too'])
        await make({ name, estimated_value: '2500.00', lead_status_id: status((s) => s.is_won) });
    const text = (await chief.text('/')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const figures = [
        /Won this month \$5,000 .*2 leads, day/, /Open value \$11k /, /Open leads 4 /,
        /Conversion, 90 days 67 ?% .*2 won of 3 decided/, /Follow-ups due 1 .*1 overdue/, /2 without a next step/,
        /Needs attention.* Large .*Small /, / 4 2 \$5k /,
    ];
    for (const told of figures)
        assert.match(text, told);
});

test('search finds what one may see, by kind of record', async () => {
    await a.admin.post('/clients', { name: 'Quillfeather Engines' });
    await b.admin.post('/clients', { name: 'Quillfeather Brakes' });
    const text = await admin.text('/search?q=quillf');
    assert.match(text, /<h2>Clients<\/h2>/);
    assert.match(text, /Quillfeather Engines/);
    assert.doesNotMatch(text, /Quillfeather Brakes/);
    assert.match(await admin.text('/search?q=nosuchword'), /Nothing found/);
    assert.match(await admin.text(`/search?q=${'x'.repeat(300)}`), /at most 200/);
    assert.match(await admin.text('/search'), /Find any record/);
});

test('every entity is told in the API\'s pages, none twice, and no inner one', async () => {
    const index = await (await ask('/docs/api')).text();
    for (const entity of tenon.schema) {
        const known = index.includes(`href="/docs/api/${entity.name}"`);
        assert.equal(known, !entity.internal, entity.name);
        const page = await ask(`/docs/api/${entity.name}`);
        assert.equal(page.status, entity.internal ? 404 : 200, entity.name);
        if (entity.internal) continue;
        const text = await page.text();
        for (const f of entity.fields) assert.equal(text.includes(`<code>${f.name}</code>`), !f.hidden,
            `${entity.name}.${f.name}`);
    }
    assert.match(await (await ask('/docs/api?q=zzzz')).text(), /Nothing in the API/);
});

test('a form that is refused still offers what there is to choose from, and keeps the choice', async () => {
    const [, second] = await a.admin.all('/lead_statuses?sort=position');
    const answer = await admin.post('/leads', { name: 'Ada', email: 'no address', lead_status_id: second.id });
    const text = await answer.text();
    assert.equal(answer.status, 422);
    assert.match(text, new RegExp(`<option value="${second.id}" selected>${second.name}`));
    assert.match(text, /value="no address"/);
});

test('whoever is named in notes is shown by the name that they have now', async () => {
    const users = await a.admin.all('/users');
    const [first, second] = users.filter((user) => user.id !== a.admin.userId);
    const description = `For [@Somebody](/users/${first.id})`;
    const lead = recordOf(await a.admin.post('/leads', { name: 'Talked about', description }));
    const note = (content) => a.admin.post('/notes', { subject_type: 'leads', subject_id: lead.id, content });
    await note(`Ask [@Old name](/users/${first.id}) and [@Another](/users/${second.id}).`);
    await note(`And [@Old name](/users/${first.id}) again, but not [@Nobody](/users/${ABSENT}).`);
    await a.admin.patch(`/users/${first.id}`, { name: 'Renamed *Since*' });
    const text = await admin.text(`/leads/${lead.id}`);
    const shown = [...text.matchAll(/<a[^>]*>@([^<]+)<\/a>/g)].map((match) => match[1]).sort();
    assert.deepEqual(shown, ['Nobody', 'Renamed *Since*', 'Renamed *Since*', 'Renamed *Since*', second.name].sort());
});

test('a form for a new record starts with what would be taken where nothing is chosen', async () => {
    const chosen = async (path, field) => {
        const text = await admin.text(path);
        const select = new RegExp(`<select[^>]*name="${field}"[^]*?</select>`).exec(text)[0];
        return Number(/<option value="(\d+)" selected/.exec(select)?.[1]);
    };
    const usual = (await a.admin.all('/lead_statuses')).find((status) => status.is_default);
    assert.equal(await chosen('/leads/new', 'lead_status_id'), usual.id);
    assert.equal(recordOf(await a.admin.post('/leads', { name: 'By itself' })).lead_status_id, usual.id);
    const other = (await a.admin.all('/lead_statuses?sort=position')).find((status) => !status.is_default);
    assert.equal(await chosen(`/leads/new?lead_status_id=${other.id}`, 'lead_status_id'), other.id, 'what was asked for');
    const client = recordOf(await a.admin.post('/clients', { name: 'Whose deal it is' }));
    const deal = recordOf(await a.admin.post('/deals', { title: 'By itself', client_id: client.id }));
    assert.ok(deal.pipeline_stage_id);
    assert.equal(await chosen('/deals/new', 'pipeline_stage_id'), deal.pipeline_stage_id);
});

/* ---- settings --------------------------------------------------------------------------------------------------------- */

test('an administrator changes the company, others look at it', async () => {
    const kept = { name: 'Tenant A', country: 'AU', currency: 'AUD', timezone: 'Australia/Sydney', language: 'en' };
    assert.equal((await admin.post('/settings/company', { ...kept, phone: '02 9374 4000' })).status, 303);
    assert.match(await admin.text('/settings/company'), /\+61 ?2 ?9374 ?4000/);
    const wrong = await admin.post('/settings/company', { ...kept, currency: 'XYZ' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /is no currency/);
    assert.equal((await agent.post('/settings/company', kept)).status, 403);
    assert.doesNotMatch(await agent.text('/settings/company'), /Save/);
});

test('nobody but the demo itself marks a company as a demo', async () => {
    const answer = await a.admin.patch(`/tenants/${a.id}`, { settings: { demo: true, demo_password: 'x' } });
    assert.equal(answer.status, 422);
    assert.equal(errorsOf(answer)[0].field, 'settings');
    assert.equal((await a.admin.patch(`/tenants/${a.id}`, { settings: { colour: 'red' } })).status, 200);
});

test('the path of a record marks what is behind it, and nothing where it ended another way', async () => {
    const statuses = await a.admin.all('/lead_statuses?sort=position');
    const path = async (lead_status_id) => {
        const { id } = recordOf(await a.admin.post('/leads', { name: 'Under way', lead_status_id, note: 'It is what it is.' }));
        const text = await admin.text(`/leads/${id}`);
        const steps = text.matchAll(/<li( data-done)?( aria-current="step")?><button name="stage"/g);
        return [...steps].map(([, behind, here]) => (here ? 'here' : behind ? 'behind' : '')).join(' ').trimEnd();
    };
    const at = (found) => statuses.findIndex(found);
    const [won, lost] = [at((s) => s.is_won), at((s) => s.is_lost)];
    assert.ok(won > 1 && lost > won);
    assert.equal(await path(statuses[0].id), 'here');
    assert.equal(await path(statuses[1].id), 'behind here');
    assert.equal(await path(statuses[won].id), `${'behind '.repeat(won)}here`);
    assert.equal(await path(statuses[lost].id), `${' '.repeat(lost)}here`);
});

test('a status moves up and down, and stays at the ends', async () => {
    const names = async () => (await a.admin.all('/lead_statuses?sort=position')).map((s) => s.name);
    const before = await names();
    const [first, second] = await a.admin.all('/lead_statuses?sort=position');
    assert.equal((await admin.post(`/lead_statuses/${second.id}/up`, {})).status, 303);
    assert.deepEqual((await names()).slice(0, 2), [before[1], before[0]]);
    await admin.post(`/lead_statuses/${second.id}/up`, {});
    await admin.post(`/lead_statuses/${first.id}/up`, {});
    assert.deepEqual(await names(), before);
    assert.equal((await agent.post(`/lead_statuses/${first.id}/down`, {})).status, 403);
    const [theirs] = await b.admin.all('/lead_statuses?limit=1');
    assert.equal((await admin.post(`/lead_statuses/${theirs.id}/up`, {})).status, 404);
});

test('a user is made with roles in one form, and all or nothing of it', async () => {
    const role = async (name) => (await a.admin.all('/roles')).find((r) => r.name === name).id;
    const form = { complete: '1', roles_shown: '1', name: 'Kit', email: 'kit@example.com', password: 'a sentence of kit',
        is_active: 'true' };
    const none = await admin.post('/users', form);
    assert.equal(none.status, 422);
    assert.match(await none.text(), /Choose at least one role/);
    assert.equal((await signIn({ email: form.email, password: form.password })).status, 401, 'nobody was made');
    const made = await admin.post('/users', { ...form, role_id: await role('sales_agent') });
    assert.equal(made.status, 303, await made.text());
    const kit = await browser(form);
    assert.equal((await kit.get('/leads')).status, 200);
    assert.equal((await kit.get('/audit_logs')).status, 403);
    const id = Number(/users\/(\d+)/.exec(made.headers.get('location'))[1]);
    await admin.post(`/users/${id}`, { ...form, password: '', role_id: await role('crew') });
    assert.equal((await kit.get('/leads')).status, 403, 'the role was changed');
    assert.equal((await admin.post(`/users/${id}/disable`, {})).status, 303);
    assert.equal((await kit.get('/')).status, 303, 'signed out');
    assert.equal((await admin.post(`/users/${id}/disable`, {})).status, 409);
    assert.equal((await admin.post(`/users/${id}/enable`, {})).status, 303);
    assert.equal((await signIn(form)).status, 303);
});

test('a weak password of a new user is refused through page and API alike', async () => {
    const weak = { name: 'Weak', email: 'weak@example.com', password: 'password' };
    assert.equal((await admin.post('/users', weak)).status, 422);
    const answer = await a.admin.post('/users', weak);
    assert.deepEqual([answer.status, errorsOf(answer)[0].field], [422, 'password']);
    assert.equal(errorsOf(answer).length, 1, 'told once');
});

/* ---- oneself ---------------------------------------------------------------------------------------------------------- */

test('everybody changes their own profile, and nothing else of it', async () => {
    const answer = await agent.post('/me', { name: 'Tom Tester', phone: '', email: 'other@example.com', is_active: 'false',
        theme: 'dark' });
    assert.equal(answer.status, 303, await answer.text());
    const text = await agent.text('/me');
    assert.match(text, /data-theme="dark"/);
    assert.match(text, /value="Tom Tester"/);
    const user = recordOf(await a.admin.get(`/users/${a.sales_agent.userId}`));
    assert.deepEqual([user.email, user.is_active], [a.sales_agent.email, true]);
    const wrong = await agent.post('/me', { name: 'Tom Tester', timezone: 'Mars/Olympus' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /value="Mars\/Olympus"/);
});

test('the menu\'s appearance comes back to the page where it was chosen', async () => {
    const answer = await agent.post('/me/appearance', { theme: 'light' }, { referer: `${tenon.url}/leads?sort=name` });
    assert.equal(answer.headers.get('location'), '/leads?sort=name');
    assert.match(await agent.text('/leads'), /data-theme="light"/);
    assert.equal((await agent.post('/me/appearance', { theme: '' },
        { referer: 'https://x.example//evil.example' })).headers.get('location'), '/');
    assert.doesNotMatch(await agent.text('/leads'), /data-theme/);
});

test('a new password needs the old one, and ends the other sessions', async () => {
    const one = await browser(a.read_only);
    const other = await browser(a.read_only);
    const fresh = 'quite another sentence';
    const wrong = await one.post('/me/password', { old_password: 'guess', password: fresh });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /This is not your password/);
    assert.equal((await one.post('/me/password', { old_password: PASSWORD, password: 'short' })).status, 422);
    assert.equal((await one.post('/me/password', { old_password: PASSWORD, password: fresh })).status, 303);
    assert.equal((await one.get('/leads')).status, 200);
    assert.equal((await other.get('/leads')).status, 303);
    assert.equal((await signIn({ email: a.read_only.email, password: PASSWORD })).status, 401);
    assert.equal((await signIn({ email: a.read_only.email, password: fresh })).status, 303);
});

test('guesses of one\'s own password are limited', async () => {
    const me = await browser(b.read_only);
    let last;
    for (let i = 0; i < 11; i++) last = await me.post('/me/password', { old_password: `guess ${i}`, password: 'x' });
    assert.equal(last.status, 429);
    assert.ok(Number(last.headers.get('retry-after')) > 0);
});

test('one signs out everywhere else', async () => {
    const one = await browser(b.sales_agent);
    const other = await browser(b.sales_agent);
    assert.match(await one.text('/me'), /Sign out everywhere else/);
    await one.post('/me/sessions', {});
    assert.deepEqual([(await one.get('/leads')).status, (await other.get('/leads')).status], [200, 303]);
});

/* ---- importing -------------------------------------------------------------------------------------------------------- */

const csv = (fields, text) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([text], { type: 'text/csv' }), 'leads.csv');
    return form;
};
const importedLeads = async () => (await a.admin.get('/leads?filter[company_name]=Pages%20Import')).json.data.length;

test('a file is checked first, then imported, and one undo takes it back', async () => {
    const file = ['Name,Company,Email,Lead Owner', 'Ada,Pages Import,ada@import.example,Nobody Known',
        'Bo,Pages Import,bo@import.example,', ''].join('\n');
    const checked = await (await admin.post('/leads/import', csv({ dry_run: 'true' }, file))).text();
    assert.match(checked, /Nothing was saved/);
    assert.match(checked, /There is no user called/);
    assert.equal(await importedLeads(), 0);
    const done = await admin.post('/leads/import', csv({ empty_unknown: 'true' }, file));
    assert.equal(done.status, 200);
    const page = await done.text();
    assert.equal(await importedLeads(), 2);
    const undo = /action="(\/change_sets\/\d+\/undo)"/.exec(page);
    assert.ok(undo, 'the result offers to undo it');
    assert.equal((await admin.post(undo[1], {})).status, 303);
    assert.equal(await importedLeads(), 0);
});

test('a file that cannot be read is told on the form, and who may not create may not import', async () => {
    const broken = await admin.post('/leads/import', csv({}, 'Name,Email\nAda,"never closed\n'));
    assert.equal(broken.status, 422);
    assert.match(await broken.text(), /to fix/);
    const reader = await browser(b.read_only);
    assert.equal((await reader.get('/leads/import')).status, 403);
    assert.equal((await reader.post('/leads/import', csv({}, 'Name\nAda\n'))).status, 403);
    assert.doesNotMatch(await reader.text('/leads'), /href="\/leads\/import"/);
});
