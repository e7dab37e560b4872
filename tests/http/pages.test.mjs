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

test('the account menu says what one is in words, also of a role that the company made', async () => {
    assert.match(await agent.text('/'), /<p class="menu-label">[^<]+, Sales agent<\/p>/);
    const role = recordOf(await a.admin.post('/roles', { name: 'roof_crew', label: 'Crew on roofs' }));
    const user = recordOf(await a.admin.post('/users', { name: 'Ruth', email: 'ruth@tenant-a.example', password: PASSWORD }));
    const given = await a.admin.post('/role_users', { role_id: role.id, user_id: user.id });
    assert.equal(given.status, 201, given.text);
    const ruth = await browser({ email: 'ruth@tenant-a.example', password: PASSWORD });
    assert.match(await ruth.text('/'), /<p class="menu-label">Ruth, Crew on roofs<\/p>/);
});

test('the bin names the kinds in which something is, with how much that is, to whoever may restore it', async () => {
    const named = /href="\/(\w+)\?trash=true".*?<\/strong><small>([^<]+)<\/small>/g;
    const kinds = async (who) => Object.fromEntries([...(await who.text('/bin')).matchAll(named)]
        .map(([, kind, count]) => [kind, count]));
    const source = recordOf(await a.admin.post('/vendors', { name: 'Crates and Co' }));
    const before = await kinds(admin);
    assert.equal(before.vendors, undefined, 'a kind without deleted records is not named');
    assert.equal((await a.admin.delete(`/vendors/${source.id}`)).status, 204);
    const other = recordOf(await a.admin.post('/vendors', { name: 'Boxes and Co' }));
    assert.equal((await a.admin.delete(`/vendors/${other.id}`)).status, 204);
    assert.deepEqual(await kinds(admin), { ...before, vendors: '2' });
    assert.equal((await kinds(agent)).vendors, undefined);
    assert.equal((await a.admin.post(`/vendors/${source.id}/restore`, {})).status, 200);
    assert.equal((await kinds(admin)).vendors, '1');
    assert.equal((await a.admin.post(`/vendors/${other.id}/restore`, {})).status, 200);
    assert.deepEqual(await kinds(admin), before);
});

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

test('the first page counts what is open and what of it is late, and leads to just these', async () => {
    const owner = await browser(b.admin);
    const made = async (entity, body) => recordOf(await b.admin.post(`/${entity}`, body)).id;
    const client_id = await made('clients', { name: 'Open Quarry Ltd' });
    for (const [title, valid_until] of [['In good time', '2099-01-31'], ['Long over', '2021-01-31'], ['Taken', '2021-01-31']]) {
        const quote = await made('quotes', { title, client_id, valid_until });
        if (title !== 'Taken') continue;
        await made('quote_items', { quote_id: quote, description: 'One', quantity: '1', unit_price: '1' });
        for (const [action, body] of [['send', {}], ['accept', { accepted_by: 'Odo' }]])
            assert.equal((await b.admin.post(`/quotes/${quote}/${action}`, body)).status, 200, action);
    }
    const card = /<section class="card work"[^]*?<\/section>/.exec(await owner.text('/'))[0];
    const figures = /<a href="([^"]+)">Quotes<b>(\d+)<\/b><\/a><a class="late" href="([^"]+)">(\d+) expired/.exec(card);
    const [, all, open, some, late] = figures.map((part) => part.replaceAll('&amp;', '&'));
    assert.deepEqual([open, late], ['2', '1']);
    const named = async (href) => {
        const list = await owner.text(href);
        return ['In good time', 'Long over', 'Taken'].filter((title) => list.includes(title));
    };
    assert.deepEqual(await named(all), ['In good time', 'Long over']);
    assert.deepEqual(await named(some), ['Long over']);
    assert.doesNotMatch(card, /Journeys/, 'of what there is none nothing is said');
});

test('the form of a lead says that one of the names is needed, beside each of them', async () => {
    const marks = /<label for="f-(\w+)">[^<]*<span class="opt">one of these</g;
    const said = (text) => [...text.matchAll(marks)].map(([, name]) => name);
    const names = ['name', 'first_name', 'last_name', 'company_name'];
    assert.deepEqual(said(await admin.text('/leads/new')), names);
    const refused = await admin.post('/leads', { email: 'nobody@example.com' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /id="f-name-error"[^]*at least one of these: Name, First name, Last name, Company\./);
    for (const name of names) assert.equal((await admin.post('/leads', { [name]: 'Quirin' })).status, 303, name);
    const { id } = recordOf(await a.admin.post('/leads', { first_name: 'Only', last_name: 'One' }));
    const emptied = await a.admin.patch(`/leads/${id}`, { first_name: null, last_name: null });
    assert.deepEqual([emptied.status, errorsOf(emptied)[0].field], [422, 'name']);
});

test('the search page and the palette put what they find in the same order', async () => {
    const first = ['Vexley', 'The Vexley', 'Somebody'];
    const made = [];
    for (const name of first) made.push(recordOf(await a.admin.post('/leads', { name, company_name: 'Vexley Mill' })).id);
    const order = (text) => [...text.matchAll(/href="\/leads\/(\d+)"/g)].map(([, id]) => Number(id));
    const [page, palette] = [order(await admin.text('/search?q=vexley')), order(await admin.text('/palette?q=vexley'))];
    assert.deepEqual(page, made, 'whose name begins so, whose name has it, who else');
    assert.deepEqual(palette, made);
});

test('to what is paid or not sent yet nothing is offered that would settle it', async () => {
    const made = async (entity, body) => recordOf(await a.admin.post(`/${entity}`, body)).id;
    const client_id = await made('clients', { name: 'Settled Ltd' });
    const invoice = await made('invoices', { client_id, due_date: '2099-01-31' });
    const offers = async (record, by) => (await admin.text(`${record}?list=payment_allocations.${by}`))
        .includes(`href="/payment_allocations/new?${by}=`);
    await made('invoice_items', { invoice_id: invoice, description: 'All of it', quantity: '1', unit_price: '90.00' });
    assert.equal(await offers(`/invoices/${invoice}`, 'invoice_id'), false, 'a draft');
    assert.equal((await a.admin.post(`/invoices/${invoice}/send`, {})).status, 200);
    assert.equal(await offers(`/invoices/${invoice}`, 'invoice_id'), true, 'sent');
    const { amount_due: amount } = recordOf(await a.admin.get(`/invoices/${invoice}`));
    const payment = await made('payments', { client_id, amount, payment_method: 'cash' });
    assert.equal(await offers(`/payments/${payment}`, 'payment_id'), true, 'nothing settled by it');
    await made('payment_allocations', { payment_id: payment, invoice_id: invoice, amount });
    assert.equal(await offers(`/invoices/${invoice}`, 'invoice_id'), false, 'paid');
    assert.equal(await offers(`/payments/${payment}`, 'payment_id'), false, 'used up');
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

// A quote that has one line, whose last day is long over.
async function oldQuote() {
    const made = async (entity, body) => recordOf(await a.admin.post(`/${entity}`, body)).id;
    const client_id = await made('clients', { name: 'Old Quarry Ltd' });
    const quote = await made('quotes', { title: 'Gravel', client_id, valid_until: '2021-01-31' });
    const line = { quote_id: quote, description: 'By the load', quantity: '3', unit_price: '10.25' };
    assert.equal((await a.admin.post('/quote_items', line)).status, 201);
    return quote;
}

test('an offer that nobody took in time has expired, until it is over', async () => {
    const quote = await oldQuote();
    const late = async () => /Expired \d+ days ago/.test(await admin.text(`/quotes/${quote}`));
    assert.equal((await a.admin.post(`/quotes/${quote}/send`, {})).status, 200);
    assert.equal(await late(), true, 'while the client may still accept it');
    assert.doesNotMatch(await admin.text(`/quotes/${quote}`), /overdue/);
    assert.equal((await a.admin.post(`/quotes/${quote}/accept`, { accepted_by: 'Odo Quarry' })).status, 200);
    assert.equal(await late(), false, 'once it is accepted');
});

test('the lines of a document stand on its page, with their cents; what else leads to it where one asks for it', async () => {
    const quote = await oldQuote();
    const tables = (text) => [...text.matchAll(/<section class="rec-rows">[^]*?<\/section>/g)].map(([table]) => table);
    const [lines, ...others] = tables(await admin.text(`/quotes/${quote}`));
    assert.deepEqual(others, []);
    assert.match(lines, /By the load[^]*10\.25[^]*30\.75/);
    assert.match(lines, new RegExp(`href="/quote_items/new\\?quote_id=${quote}"`));
    const [invoices] = tables(await admin.text(`/quotes/${quote}?list=invoices.quote_id`));
    assert.match(invoices, /No invoices yet/);
    assert.equal(tables(await admin.text(`/quotes/${quote}?list=users.name`)).length, 1, 'what does not lead to it');
    const { id } = recordOf(await a.admin.post('/leads', { name: 'Without parts' }));
    assert.deepEqual(tables(await admin.text(`/leads/${id}`)), []);
});

test('the head of a record tells its state, whose it is and when it is due', async () => {
    const client_id = recordOf(await a.admin.post('/clients', { name: 'Head Office Ltd' })).id;
    const head = async (path) => /<div class="id">[^]*?<\/div>/.exec(await admin.text(path))[0].replace(/<[^>]*>/g, ' ');
    assert.match(await head(`/clients/${client_id}`), /Head Office Ltd\s+Active/, 'as in its list where there is no card');
    const ticket = { subject: 'Loud fan', client_id, priority: 'high', due_at: '2031-05-06T09:00:00Z' };
    const { id } = recordOf(await a.admin.post('/tickets', ticket));
    assert.match(await head(`/tickets/${id}`), /Loud fan\s+New\s+T-\d+\s+Head Office Ltd\s+High/);
    const domain = async (days) => recordOf(await a.admin.post('/domains', { client_id, domain_name: `d${days}.example`,
        expiry_date: new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10) })).id;
    assert.match(await head(`/domains/${await domain(-9)}`), /Expired \d+ days ago/);
    assert.match(await admin.text(`/domains/${await domain(12)}`), /class="when today"/, 'soon');
    assert.doesNotMatch(await admin.text(`/domains/${await domain(90)}`), /class="when (today|late)"/);
});

test('the page of a client says what is open, what of it is late, how long they stay, and what of theirs runs out', async () => {
    const made = async (entity, body) => recordOf(await a.admin.post(`/${entity}`, body)).id;
    const day = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);
    const client_id = await made('clients', { name: 'Figures Ltd', contract_end_date: day(200) });
    const page = () => admin.text(`/clients/${client_id}`);
    const words = (html) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const figures = async () => words(/<dl class="kpis rec-figures">[^]*?<\/dl>/.exec(await page())?.[0] ?? '');
    const expiring = async () => /<h3>Expiring in 90 days[^]*?<\/section>/.exec(await page())?.[0] ?? '';
    assert.match(await figures(), /^ Contract ends (199|200|201) days /, 'nothing open yet, but a contract');
    assert.equal(await expiring(), '');
    for (const due_at of ['2021-01-31T09:00:00Z', '2099-01-31T09:00:00Z'])
        await made('tickets', { subject: 'Loud fan', client_id, due_at });
    await made('deals', { title: 'New fans', client_id, value: '12000.00' });
    assert.match(await figures(), /Open deals 1 \$12k/);
    assert.match(await figures(), /Open tickets 2 1 overdue/);
    const late = /class="badge red" href="([^"]+)">1 overdue/.exec(await page())[1].replaceAll('&amp;', '&');
    assert.equal([...(await admin.text(late)).matchAll(/<tr id="r/g)].length, 1, 'it leads to just that');
    const names = [['Soon', 9], ['Lately', -9], ['Far off', 200], ['Long ago', -200]];
    for (const [name, days] of names)
        await made('licenses', { name, client_id, seats: 5, expiry_date: day(days), auto_renews: name === 'Soon' });
    await made('assets', { name: 'FAN-1', client_id, type: 'server', warranty_expires_on: day(40) });
    const rows = [...(await expiring()).matchAll(/<tr>\s*<th scope="row"[^]*?<\/tr>/g)].map(([row]) => words(row));
    assert.equal(rows.length, 3, rows.join('\n'));
    for (const [i, told] of [/Lately License By hand Expired \d+ days ago Renew/, /Soon License Renews itself .* Renew/,
        /FAN-1 Asset Warranty until/].entries()) assert.match(rows[i], told);
    const renew = /href="([^"]+renew[^"]+)"/.exec(await expiring())[1];
    assert.match(await admin.text(renew), new RegExp(`name="back" value="/clients/${client_id}"`));
    const renewed = await admin.post(renew.split('?')[0], { back: `/clients/${client_id}`, expiry_date: day(300) });
    assert.match(renewed.headers.get('location'), new RegExp(`^/clients/${client_id}\\?done=`));
    assert.equal([...(await expiring()).matchAll(/<th scope="row"/g)].length, 2, 'what is renewed is told no more');
    const elsewhere = await admin.post(renew.split('?')[0], { back: '//evil.example/', expiry_date: day(400) });
    assert.match(elsewhere.headers.get('location'), /^\/licenses\//, 'back is a page of ours');
});

test('a call is called by its number in groups, wherever it stands', async () => {
    const call = { direction: 'outbound', from_number: '+61370101000', to_number: '+61355500023' };
    const { id } = recordOf(await a.admin.post('/calls', call));
    assert.match(await admin.text(`/calls/${id}`), /<h1>\+61 3 5550 0023<\/h1>/);
    assert.match(await admin.text('/calls'), /<th scope="row"[^>]*><a[^>]*>\s*<span>\+61 3 5550 0023</);
});

test('what hangs on a record without having any stands in a menu', async () => {
    const client_id = recordOf(await a.admin.post('/clients', { name: 'Menu Ltd' })).id;
    const rack = recordOf(await a.admin.post('/racks', { name: 'R-9', client_id, units: 12, max_weight_kg: 700 })).id;
    const item = { name: 'Shelf', rack_id: rack, position: 3, height: 1 };
    const nav = async () => /<nav class="tabs" aria-label="Related">[^]*?<\/nav>/.exec(await admin.text(`/racks/${rack}`))[0];
    assert.match(await nav(), /popover>[^]*Rack items/);
    assert.equal((await a.admin.post('/rack_items', item)).status, 201);
    const [tabs, menu] = (await nav()).split('popover>');
    assert.match(tabs, /Rack items<span class="n">1/);
    assert.match(menu, /Files/);
    const page = await admin.text(`/racks/${rack}`);
    assert.match(page, />Unit<[^]*Shelf[^]*3/, 'a place that people choose is told');
    assert.match(page, /700\u00a0kg/, 'a number with its unit');
});

test('a list offers what is still open', async () => {
    const client_id = recordOf(await a.admin.post('/clients', { name: 'Open Ltd' })).id;
    const { id } = recordOf(await a.admin.post('/tickets', { subject: 'Long done', client_id }));
    assert.equal((await a.admin.post(`/tickets/${id}/resolve`, {})).status, 200);
    const tab = /<a href="([^"]*)"[^>]*>Open<span class="n">(\d+)/.exec(await admin.text('/tickets'));
    assert.ok(tab, 'there is one');
    const open = await admin.text(tab[1].replaceAll('&amp;', '&'));
    assert.match(open, /aria-current="page"[^>]*>Open/);
    assert.doesNotMatch(open, /Long done|Save as view/);
    assert.doesNotMatch(await admin.text('/products'), />Open<span class="n">/);
});

test('a form begins with today where its record would, and asks no reason for an end that has not come', async () => {
    const invoice = await admin.text('/invoices/new');
    assert.match(invoice, /name="invoice_date" type="date" value="\d{4}-\d\d-\d\d"/);
    assert.match(invoice, /name="due_date" type="date" value=""/);
    assert.doesNotMatch(invoice, /cancellation_reason/);
    assert.match(invoice, /id="f-client_id"[^>]*>\s*<option value="">Choose</);
});

test('a bare number beside a name says what it counts', async () => {
    const { id } = recordOf(await a.admin.post('/developments', { name: 'Quarry Rise', slug: 'quarry-rise' }));
    const stage = recordOf(await a.admin.post('/stages', { name: 'First', development_id: id })).id;
    const head = /<div class="id">[^]*?<\/div>/.exec(await admin.text(`/stages/${stage}`))[0];
    assert.match(head, /Available 0/);
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

/* ---- how many there are ------------------------------------------------------------------------------------------------ */

test('the number of a list follows each change at once, whoever makes it, and is each person\'s own', async () => {
    const tag = { company_name: 'Countable Works' }, list = '/leads?filter[company_name]=Countable%20Works';
    const made = [];
    for (let i = 0; i < 52; i++) made.push(recordOf(await a.admin.post('/leads', { name: `Countable ${i}`, ...tag })));
    const shown = async (who, path = list) => /<span>(?:1 to )?(\d+ of [\d,]+)<\/span>/.exec(await who.text(path))?.[1];
    assert.equal(await shown(admin), '50 of 52');
    assert.equal(await shown(admin), '50 of 52');
    await a.sales_agent.post('/leads', { name: 'One more', ...tag });
    assert.equal(await shown(admin), '50 of 53');
    await a.admin.patch(`/leads/${made[0].id}`, { company_name: 'Elsewhere' });
    assert.equal(await shown(admin), '50 of 52');
    await a.admin.delete(`/leads/${made[1].id}`);
    assert.equal(await shown(admin), '50 of 51');
    assert.equal(await shown(admin, `${list}&trash=true`), '1 of 1');
    assert.equal(await shown(agent), '1 of 1');
    assert.equal(await shown(await browser(b.admin)), undefined);
});

/* ---- importing -------------------------------------------------------------------------------------------------------- */

const csv = (fields, text) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([text], { type: 'text/csv' }), 'leads.csv');
    return form;
};
const importedLeads = async () => (await a.admin.get('/leads?filter[company_name]=Pages%20Import')).json.data.length;

const step = async (who, form) => {
    const answer = await who.post('/leads/import', form);
    assert.equal(answer.status, 303, await answer.text());
    const href = answer.headers.get('location');
    return { href, run: /[?&]run=(\d+)/.exec(href)[1], text: await who.text(href) };
};
// What the form of the second step would send as it stands, with `change`.
const asShown = (shown, change) => {
    const fields = { run: shown.run };
    for (const [, name, options] of shown.text.matchAll(/<select[^>]* name="([\w.]+)"[^>]*>(.*?)<\/select>/gs)) {
        fields[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? '';
    }
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
    return form;
};

test('a file is tried first, said otherwise, then imported without being sent again, and one undo takes it back', async () => {
    const file = ['Name,Company,Email,Lead Owner,Lead Status,Town', 'Ada,Pages Import,ada@import.example,Nobody Known,New,Bath',
        'Bo,Pages Import,bo@import.example,,Pre Sold,York', 'Cy,Pages Import,cy@import.example,,,Hull', ''].join('\n');
    const tried = await step(admin, csv({ duplicates: 'skip' }, file));
    assert.equal(await importedLeads(), 0);
    assert.match(tried.text, /There is no user called/);
    assert.match(tried.text, /Import 1 row</);
    assert.match(tried.text, /Ada, Bo, Cy/);
    const statuses = (await a.admin.get('/lead_statuses')).json.data;
    const word = /name="(value\.\d+)"[^>]*>(?:(?!<\/select>).)*Qualified/s.exec(tried.text)[1];
    const change = { [word]: statuses[1].id, 'column.3': '', 'column.5': 'city', dry_run: 'true' };
    const again = await step(admin, asShown(tried, change));
    assert.equal(await importedLeads(), 0);
    assert.match(again.text, /Import 3 rows/);
    assert.match(again.text, /You left it out/);
    const done = await step(admin, asShown(again, {}));
    assert.match(done.text, /Imported\./);
    const { data } = (await a.admin.get('/leads?filter[company_name]=Pages%20Import&sort=name')).json;
    assert.deepEqual(data.map((l) => [l.name, l.city, l.lead_status_id === statuses[1].id]),
        [['Ada', 'Bath', false], ['Bo', 'York', true], ['Cy', 'Hull', false]]);
    assert.equal((await admin.post('/leads/import', asShown(again, {}))).status, 422, 'the file is taken once');
    const undo = /action="(\/change_sets\/\d+\/undo)"/.exec(done.text);
    assert.ok(undo, 'the result offers to undo it');
    assert.equal((await admin.post(undo[1], {})).status, 303);
    assert.equal(await importedLeads(), 0);
});

test('a large file tells how far it is, and the same steps follow', async () => {
    const lines = ['Name,Company,Description'];
    for (let i = 0; i < 2500; i++) lines.push(`Big ${i},Large Import,${'words and more words '.repeat(45)}`);
    let shown = await step(admin, csv({ duplicates: 'create' }, lines.join('\n')));
    const over = async () => {
        let told = false;
        for (const end = Date.now() + 120_000; /<progress/.test(shown.text) && Date.now() < end;) {
            told = true;
            shown.text = await admin.text(shown.href);
        }
        return told;
    };
    assert.equal(await over(), true, 'it ran while the page was asked');
    assert.match(shown.text, /Import 2,500 rows|Import 2500 rows/);
    shown = await step(admin, asShown(shown, {}));
    assert.equal(await over(), true);
    assert.match(shown.text, /Imported\./);
});

test('a trial belongs to whoever made it', async () => {
    const tried = await step(admin, csv({}, 'Name,Company\nAda,Pages Import\n'));
    const other = await browser(b.tenant_admin ?? b.admin);
    assert.equal((await other.get(tried.href)).status, 404);
    assert.equal((await other.post('/leads/import', asShown(tried, {}))).status, 404);
    const colleague = await browser(a.supervisor ?? a.sales_agent);
    assert.equal((await colleague.get(tried.href)).status, 404);
    assert.equal((await admin.get('/clients/import?run=' + tried.run)).status, 404);
    assert.equal((await admin.get('/leads/import?run=x')).status, 404);
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

/* ---- what pages say of records ------------------------------------------------------------------------------------------ */

const made = async (entity, fields) => {
    const answer = await a.admin.post(`/${entity}`, fields);
    assert.equal(answer.status, 201, answer.text);
    return recordOf(answer).id;
};
const headingOf = (html) => /<h1[^>]*>(.*?)<\/h1>/s.exec(html)[1].replace(/<[^>]*>/g, '').trim();

test('a record without a name is called by what its list begins with, not by its number', async () => {
    const person = await made('users', { name: 'Ida Moreau', email: 'ida@example.com', password: PASSWORD });
    const branch = await made('locations', { name: 'Harbour' });
    const id = await made('user_locations', { user_id: person, location_id: branch });
    assert.equal(headingOf(await admin.text(`/user_locations/${id}`)), 'Ida Moreau, Harbour');
});

test('an audit entry leads to the record, by the names that people know', async () => {
    const id = await made('leads', { name: 'Nadia Roche' });
    const list = await admin.text('/audit_logs?filter%5Bentity_type%5D=leads');
    assert.match(list, new RegExp(`href="/leads/${id}"[^>]*>Nadia Roche<`));
    assert.match(list, />\s*Leads\s*</);
    assert.doesNotMatch(/<th[^>]*data-f="entity_id"[^>]*>/.exec(list)[0], /num/, 'names do not stand to the right');
});

test('the timeline offers what such a record can have', async () => {
    const chips = async (path) => [...(await admin.text(path)).matchAll(/\?show=([a-z]+)/g)].map((m) => m[1]);
    const lead = await made('leads', { name: 'Otto Brandl' });
    assert.deepEqual(await chips(`/leads/${lead}`), ['notes', 'calls', 'tasks', 'files', 'changes']);
    assert.deepEqual(await chips(`/tags/${await made('tags', { name: 'Sunny' })}`), []);
});

test('lines have their place in what they are lines of, and no order among all', async () => {
    assert.match(await admin.text('/lead_sources'), />Order</);
    assert.doesNotMatch(await admin.text('/quote_items'), />Order</);
    assert.equal((await admin.post(`/quote_items/${ABSENT}/order`, { to: '1' })).status, 404);
});

test('sizes, days and lists of words are told as people tell them', async () => {
    const file = recordOf(await a.admin.upload('/files', {}, Buffer.alloc(38_658, 65), 'plan.txt'));
    assert.match(await admin.text(`/files/${file.id}`), /38 KB/);
    const client = await made('clients', { name: 'Rosa Vidal', payment_terms_days: 1 });
    assert.match(await admin.text(`/clients/${client}`), /1 day\b(?!s)/);
    const mapping = await made('import_mappings', { name: 'Fair', entity: 'leads', mapping: { Mail: 'email' } });
    const page = await admin.text(`/import_mappings/${mapping}`);
    assert.match(page, /Mail: email/);
    assert.match(page, />\s*Leads\s*</);
});

test('a form that begins with the present moment begins with its minute', async () => {
    const input = /<input[^>]*name="started_at"[^>]*>/.exec(await admin.text('/calls/new'))[0];
    assert.match(input, /value="\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?"/);
});
