// app.js - what shortens the path. Every page works without it, except drag.
import './htmx.js';
import './page.js';
import './keys.js';
import './toast.js';
import './live.js';
import './connection.js';
import './load.js';
