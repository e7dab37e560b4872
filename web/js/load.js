// load.js - scripts that only some pages need: each is fetched when a page shows what it is for, and told what it may use.
//
// A module is a file of its own (tools/assets.mjs, MODULES) that exports start(tools). It is started once and finds its
// places by itself, also after the page has changed.
import { open_dialog, show_dialog } from './dialog.js';
import htmx, { csrf_token } from './htmx.js';
import { toast } from './toast.js';

const tools = { htmx, csrf_token, open_dialog, show_dialog, toast };
const modules = [
    { where: '[data-lane]', get: () => import('/assets/board.js') },
    { where: '#main .table', get: () => import('/assets/list.js') },
];

function load() {
    for (const module of modules) {
        if (module.asked || !document.querySelector(module.where)) continue;
        module.asked = true;
        module.get().then((loaded) => {
            loaded.start(tools);
            document.documentElement.dataset.scripts = modules.filter((each) => each.asked).length; // for those who wait for it
        }, () => { module.asked = false; });
    }
}

document.addEventListener('htmx:after:swap', load);
load();
