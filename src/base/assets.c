/* assets.c - finding embedded files (assets.h). */
#include "base/assets.h"

const struct asset *asset_find(struct str path) {
    size_t low = 0, high = asset_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(path, asset_table[middle].path);
        if (order == 0) return &asset_table[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

struct str asset_path(const char *name) {
    for (size_t i = 0; i < asset_count; i++) {
        if (str_eqc(asset_table[i].name, name)) return asset_table[i].path;
    }
    fprintf(stderr, "tenon: there is no asset named %s\n", name);
    abort();
}
