/* regions.h - countries, currencies and time zones as forms offer them: by name, in the reader's language (tools/regions.mjs). */
#ifndef BASE_REGIONS_H
#define BASE_REGIONS_H

#include "base/lang.h"
#include "base/str.h"

struct region {
    const char *code, *name; /* "AU", "Australia (AU)" */
};
struct region_language {
    const char *tag;
    const struct region *countries, *currencies;
};
extern const struct region_language region_languages[]; /* English first; tag NULL at the end */
extern const struct region region_zones[];              /* code NULL at the end, here and in the others */

/* By its name in declarations (core/entity.h): "countries", "currencies" or "zones". Of currencies there are some that the
 * program does not reckon in: currency_digits tells. */
const struct region *regions_of(const struct lang *lang, const char *list);
/* The country that a text names: by its code, by its name in any of the languages, or by one that people use instead ("USA",
 * "Holland"), in capitals or not. The code, "AU"; empty: none. */
struct str regions_country(struct str text);

#endif
