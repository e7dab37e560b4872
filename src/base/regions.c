/* regions.c - which of the generated lists is meant (regions.h). */
#include "base/regions.h"

#include <string.h>

const struct region *regions_of(const struct lang *lang, const char *list) {
    const struct region_language *found = region_languages;
    for (const struct region_language *l = region_languages; l->tag; l++)
        if (strcmp(l->tag, lang_tag(lang)) == 0) found = l;
    if (strcmp(list, "zones") == 0) return region_zones;
    return strcmp(list, "countries") == 0 ? found->countries : found->currencies;
}

/* Names beside those of the lists. */
static const struct region also[] = {
    {"AE", "UAE"}, {"CI", "Ivory Coast"}, {"CN", "People's Republic of China"}, {"CV", "Cabo Verde"}, {"CZ", "Czech Republic"},
    {"GB", "England"}, {"GB", "Great Britain"}, {"GB", "Northern Ireland"}, {"GB", "Scotland"}, {"GB", "U.K."}, {"GB", "UK"},
    {"GB", "Wales"}, {"HK", "Hong Kong"}, {"KR", "Korea"}, {"KR", "Republic of Korea"}, {"MM", "Burma"}, {"MM", "Myanmar"},
    {"MO", "Macau"}, {"NL", "Holland"}, {"NL", "The Netherlands"}, {"RU", "Russian Federation"}, {"TR", "Turkey"},
    {"US", "America"}, {"US", "U.S."}, {"US", "U.S.A."}, {"US", "United States of America"}, {"US", "USA"}, {"VN", "Viet Nam"},
    {NULL, NULL},
};

static const char *country_in(const struct region *list, struct str text) {
    for (const struct region *r = list; r->code; r++) {
        struct str name = str_of(r->name);
        if (str_ends(name, STR(")"))) name.len -= strlen(" (AU)");
        if (str_ieq(name, text) || str_ieq(str_of(r->code), text)) return r->code;
    }
    return NULL;
}

struct str regions_country(struct str text) {
    const char *code = country_in(also, text = str_trim(text));
    for (const struct region_language *l = region_languages; l->tag && !code; l++) code = country_in(l->countries, text);
    return str_of(code);
}
