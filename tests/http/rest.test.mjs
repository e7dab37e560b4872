// rest.test.mjs - what is out, such as a sent invoice, and its lines: the API refuses to change them, and no page offers it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, signIn } from './browser.mjs';
import { errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const cookie = await signIn(tenon, admin);
const page = async (path, status = 200) => {
    const answer = await ask(tenon, 'GET', path, { headers: { cookie } });
    assert.equal(answer.status, status, `GET ${path}: ${answer.status}`);
    return answer.text;
};
const made = async (path, body) => {
    const answer = await admin.post(path, body);
    assert.equal(answer.status, 201, `POST ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};
const done = async (path, body = {}) => {
    const answer = await admin.post(path, body);
    assert.equal(answer.status, 200, `POST ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};
const client = await made('/clients', { name: 'Bright Energy' });
const WHY = / is out: its lines are no longer changed\./;

// A draft with two lines.
async function invoice() {
    const paper = await made('/invoices', { client_id: client.id, due_date: '2031-01-31', currency: 'AUD' });
    const lines = [];
    for (const description of ['Panels', 'Labour']) {
        lines.push(await made('/invoice_items', { invoice_id: paper.id, description, unit_price: '10.00', currency: 'AUD' }));
    }
    return { paper, lines, href: `/invoices/${paper.id}`, line: `/invoice_items/${lines[0].id}` };
}

test('a draft offers to add, edit and delete its lines and itself', async () => {
    const { href, line, paper } = await invoice();
    const html = await page(href);
    assert.ok(html.includes(`href="/invoice_items/new?invoice_id=${paper.id}"`));
    assert.ok(html.includes(`action="${href}/delete"`));
    assert.doesNotMatch(html, WHY);
    const own = await page(line);
    assert.ok(own.includes(`href="${line}/edit"`) && own.includes(`action="${line}/delete"`));
    assert.match(await page(`/invoice_items/new?invoice_id=${paper.id}`), /name="description"/);
});

test('sent and paid, the page offers none of it and says why', async () => {
    const { href, line, paper } = await invoice();
    await done(`${href}/send`);
    const payment = await made('/payments', { client_id: client.id, amount: '20.00', currency: 'AUD' });
    await made('/payment_allocations', { payment_id: payment.id, invoice_id: paper.id, amount: '20.00', currency: 'AUD' });
    assert.equal((await admin.get(href)).json.status, 'paid');
    const html = await page(href);
    assert.match(html, WHY);
    assert.ok(!html.includes('/invoice_items/new'), 'no line is added');
    assert.ok(!html.includes(`action="${href}/delete"`));
    assert.ok(html.includes(`${href}/edit?field=notes`), 'notes are still changed');
    assert.ok(!html.includes(`${href}/edit?field=due_date`));
    const own = await page(line);
    assert.match(own, WHY);
    assert.ok(!own.includes(`${line}/edit`) && !own.includes(`action="${line}/delete"`));

    const form = await page(`${href}/edit`);
    assert.match(form, /name="notes"/);
    assert.doesNotMatch(form, /name="due_date"/);
    for (const path of [`${line}/edit`, `${line}/edit?field=description`, `${line}/field?name=quantity`,
        `${href}/field?name=due_date`, `${href}/edit?field=due_date`, `/invoice_items/new?invoice_id=${paper.id}`]) {
        assert.match(await page(path, 409), / is out: /, path);
    }
    await page(`${href}/field?name=reference`);
});

test('the cells of a list are edited in drafts and their lines, and in what else may change', async () => {
    const draft = await invoice(), sent = await invoice();
    await done(`${sent.href}/send`);
    const row = (html, id) => new RegExp(`<tr id="r${id}"([^>]*)>`).exec(html)[1];
    const papers = await page(`/invoices?filter[client_id]=${client.id}&limit=200`);
    assert.equal(row(papers, draft.paper.id), '');
    assert.match(row(papers, sent.paper.id), /data-rests="notes tags reference accessed_at" data-why="Invoice is out/);
    const lines = await page('/invoice_items?sort=-id&limit=200');
    assert.equal(row(lines, draft.lines[0].id), '');
    assert.match(row(lines, sent.lines[0].id), /data-rests="" data-why="Invoice is out: its lines/);
});

test('the API refuses, also to bring back a line that was deleted before', async () => {
    const { href, line, lines, paper } = await invoice();
    const gone = await admin.delete(`/invoice_items/${lines[1].id}`);
    assert.equal(gone.status, 204);
    await done(`${href}/send`);
    const total = (await admin.get(href)).json.total_amount;
    const refused = (answer, field) => {
        assert.equal(answer.status, 409, answer.text);
        assert.deepEqual(errorsOf(answer).map((e) => [e.code, e.field ?? null]), [['frozen', field]]);
    };
    const more = { invoice_id: paper.id, description: 'More', unit_price: '1.00', currency: 'AUD' };
    refused(await admin.post('/invoice_items', more), 'invoice_id');
    refused(await admin.patch(line, { quantity: '2' }), 'invoice_id');
    refused(await admin.delete(line), 'invoice_id');
    refused(await admin.post(`/invoice_items/${lines[1].id}/restore`, {}), 'invoice_id');
    const undo = await admin.post(`/change_sets/${gone.headers.get('change-set-id')}/undo`, {});
    assert.equal((await admin.get(`/invoice_items/${lines[1].id}`)).status, 404, undo.text);
    refused(await admin.patch(href, { due_date: '2031-02-01' }), 'due_date');
    refused(await admin.delete(href), null);
    assert.equal((await admin.patch(href, { notes: 'Called' })).status, 200);
    assert.equal((await admin.get(href)).json.total_amount, total);
});

test('a draft that is deleted comes back with its lines; a quote that is reopened takes lines again', async () => {
    const { href, line } = await invoice();
    assert.equal((await admin.delete(href)).status, 204);
    await done(`${href}/restore`);
    assert.equal((await admin.get(line)).status, 200);
    const quote = await made('/quotes', { client_id: client.id, title: 'Roof', valid_until: '2031-01-31', currency: 'AUD' });
    const item = { quote_id: quote.id, description: 'Panels', unit_price: '10.00', currency: 'AUD' };
    await made('/quote_items', item);
    const way = `/quotes/${quote.id}`;
    await done(`${way}/send`);
    assert.equal((await admin.post('/quote_items', item)).status, 409);
    assert.match(await page(way), WHY);
    await done(`${way}/reject`, { rejection_reason: 'Too dear' });
    await done(`${way}/reopen`);
    await made('/quote_items', item);
    assert.ok((await page(way)).includes(`/quote_items/new?quote_id=${quote.id}`));
});

test('a posted entry of the books offers nothing and says how it is put right', async () => {
    const entry = await made('/transactions', { description: 'Fuel', type: 'expense', amount: '60.00', currency: 'AUD',
        transaction_date: '2031-01-05', category: 'Vehicles' });
    const href = `/transactions/${entry.id}`;
    const draft = await page(href);
    assert.ok(draft.includes(`action="${href}/delete"`) && draft.includes(`${href}/edit`));
    await done(`${href}/post`);
    const posted = await page(href);
    assert.match(posted, /A posted entry stays as it is/);
    assert.ok(!posted.includes(`action="${href}/delete"`) && !posted.includes(`${href}/edit`));
    for (const answer of [await admin.patch(href, { amount: '1.00' }), await admin.delete(href)]) {
        assert.equal(answer.status, 409, answer.text);
        assert.match(errorsOf(answer)[0].message, /A posted entry stays as it is/);
    }
    assert.equal((await admin.get(href)).json.amount, '60.00');
});

test('who stays is not offered to go: built-in roles and oneself', async () => {
    const offers = async (href) => [...(await page(href)).matchAll(/action="([^"]+)"/g)].map((found) => found[1])
        .filter((action) => [`${href}/delete`, `${href}/disable`].includes(action));
    const refused = async (href, actions, why) => {
        assert.deepEqual(await offers(href), [], href);
        const answers = [await admin.delete(href), ...await Promise.all(actions.map((action) => admin.post(href + action, {})))];
        for (const answer of answers) {
            assert.equal(answer.status, 409, answer.text);
            assert.match(errorsOf(answer)[0].message, why);
        }
    };
    const [own] = (await admin.get('/roles?filter[is_system]=true&limit=1')).json.data;
    await refused(`/roles/${own.id}`, [], /A built-in role cannot be deleted/);
    const role = await made('/roles', { name: 'caller', label: 'Caller' });
    assert.deepEqual(await offers(`/roles/${role.id}`), [`/roles/${role.id}/delete`]);

    await refused(`/users/${admin.userId}`, ['/disable'], /You cannot disable or delete yourself/);
    const other = await made('/users', { name: 'Ada', email: 'ada@example.com' });
    const href = `/users/${other.id}`;
    assert.deepEqual((await offers(href)).sort(), [`${href}/delete`, `${href}/disable`]);
});
