/* backup_order.c - in which order tables are written, so that references find what they refer to (backup.h). */
#include "core/backup_impl.h"
#include "core/registry.h"

static bool refers(const struct field *f) { return f->to && f->stored && !(f->flags & IMPLICIT); }

static bool placed(const struct backup_plan *plans, int count, const struct entity *entity) {
    for (int i = 0; i < count; i++)
        if (plans[i].entity == entity) return true;
    return false;
}

/* What it costs to take this table next: rows that would need a late field. -1: a required reference would find nothing. */
static int64_t cost(const struct backup_plan *plans, int done, const struct backup_plan *next) {
    int64_t late = 0;
    for (int i = 0; i < next->entity->field_count; i++) {
        const struct field *f = &next->entity->fields[i];
        if (!refers(f) || placed(plans, done, f->to)) continue;
        if (f->flags & REQUIRED) return -1;
        late++;
    }
    return late * (next->rows + 1);
}

bool backup_order(struct backup_plan *plans, int count) {
    for (int done = 0; done < count; done++) {
        int best = -1;
        int64_t least = 0;
        for (int i = done; i < count; i++) {
            int64_t price = cost(plans, done, &plans[i]);
            if (price < 0 || (best >= 0 && price >= least)) continue;
            best = i;
            least = price;
        }
        if (best < 0) return false;
        struct backup_plan plan = plans[best];
        plans[best] = plans[done];
        for (int i = 0; i < plan.entity->field_count; i++) {
            const struct field *f = &plan.entity->fields[i];
            if (!refers(f) || placed(plans, done, f->to)) continue;
            field_set_add(&plan.late, i);
            plan.has_late = true;
        }
        plans[done] = plan;
    }
    return true;
}

bool backup_key_sound(struct str key) {
    ptrdiff_t slash = str_index(key, '/');
    if (slash < 1 || slash > 19 || key.len != (size_t)slash + 68) return false;
    for (ptrdiff_t i = 0; i < slash; i++)
        if (key.ptr[i] < '0' || key.ptr[i] > '9') return false;
    const char *part = key.ptr + slash + 1, *sha = part + 3;
    for (int i = 0; i < 64; i++)
        if (!((sha[i] >= '0' && sha[i] <= '9') || (sha[i] >= 'a' && sha[i] <= 'f'))) return false;
    return part[2] == '/' && part[0] == sha[0] && part[1] == sha[1];
}
