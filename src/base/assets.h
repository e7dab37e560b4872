/* assets.h - everything the browser needs, inside the binary: styles, scripts, fonts, pictures.
 *
 * tools/assets.mjs bundles web/ and writes the table. A path carries a hash of the content, so an answer may be cached for
 * ever; a new version has a new path. Where it helps there is a brotli and a gzip form, else their length is 0.
 *
 *     <link rel="stylesheet" href="{{ asset_path("app.css") }}">
 *     const struct asset *asset = asset_find(path);        // NULL: answer 404
 */
#ifndef BASE_ASSETS_H
#define BASE_ASSETS_H

#include "base/str.h"

struct asset {
    struct str name; /* "app.css" */
    struct str path; /* "/assets/app.1a2b3c4d.css" */
    struct str type; /* "text/css; charset=utf-8" */
    struct str body, br, gz;
    const char *etag; /* of the content, with its quotes */
};

/* Sorted by path. */
extern const struct asset asset_table[];
extern const size_t asset_count;

const struct asset *asset_find(struct str path);
/* The path of an asset by its name. A name that does not exist stops the program: it is a mistake in a template. */
struct str asset_path(const char *name);

#endif
