// load.js - scripts that only some pages need: each is fetched when a page shows what it is for, or when it is asked for, and
// told what it may use.
//
// A module is a file of its own (tools/assets.mjs, MODULES) that exports start(tools). It is started once and finds its
// places by itself, also after the page has changed or a dialog has opened ("tenon:shown"). <html data-scripts> says whether
// all that the page asked for has started: "loading" or "ready".
import htmx, { csrf_token } from './htmx.js';
import { toast } from './toast.js';

const modules = {
    board: { where: '[data-lane]', get: () => import('/assets/board.js') },
    calendar: { where: '#main [data-calendar]', get: () => import('/assets/calendar.js') },
    record: { where: '#main [data-record]', get: () => import('/assets/record.js') },
    list: { where: '#main .table', get: () => import('/assets/list.js') },
    select: { where: 'form[data-select]', get: () => import('/assets/select.js') },
    form: { where: 'form:is([data-check], [data-draft], :has([data-pick]))', get: () => import('/assets/form.js') },
    dialog: { get: () => import('/assets/dialog.js') },
    palette: { get: () => import('/assets/palette.js') },
};
const tools = {
    htmx, csrf_token, toast,
    open_dialog: (url, opener) => need('dialog').then((dialog) => dialog.open_dialog(url, opener), () => location.assign(url)),
    show_dialog: async (html, opener) => (await need('dialog')).show_dialog(html, opener),
};

let awaited = 0;

function tell() {
    document.documentElement.dataset.scripts = awaited ? 'loading' : 'ready';
}

async function fetched(module) {
    awaited += 1;
    tell();
    try {
        const loaded = await module.get();
        loaded.start(tools);
        return loaded;
    } catch (error) {
        module.asked = null;
        throw error;
    } finally {
        awaited -= 1;
        tell();
    }
}

function need(name) {
    modules[name].asked ??= fetched(modules[name]);
    return modules[name].asked;
}

function load() {
    for (const [name, module] of Object.entries(modules)) {
        if (!module.asked && module.where && document.querySelector(module.where)) need(name).catch(() => {});
    }
    tell();
}

/* A script may come after somebody has begun to type. */
document.addEventListener('input', (event) => { event.target.dataset.touched = 'true'; }, true);

/* <a data-palette> is the search page, <a data-dialog> a form's page; with scripts both come over the work. With a modifier key
 * they are pages all the same. */
document.addEventListener('click', (event) => {
    const link = event.target.closest('a:is([data-dialog], [data-palette])');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if ('dialog' in link.dataset) {
        tools.open_dialog(link.href, link);
        return;
    }
    const back = document.activeElement === document.body ? link : document.activeElement;
    need('palette').then((palette) => palette.open(back), () => location.assign(link.href));
}, true);
/* <button data-dialog> sends its form, and what is answered comes over the work. */
document.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (!submitter?.matches('[data-dialog]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
        const answer = await fetch(form.action, {
            method: 'POST', body: new URLSearchParams(new FormData(form, submitter)),
            headers: { 'X-CSRF-Token': csrf_token(), Accept: 'text/html' },
        });
        if (!await tools.show_dialog(await answer.text(), submitter)) throw new Error(`${answer.status}`);
    } catch {
        document.dispatchEvent(new CustomEvent('htmx:error'));
    }
}, true);
document.addEventListener('pointerover', (event) => {
    if (event.target.closest?.('a[data-dialog]')) need('dialog').catch(() => {});
});
document.addEventListener('htmx:after:swap', load);
document.addEventListener('tenon:shown', load);
load();
