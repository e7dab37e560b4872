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
