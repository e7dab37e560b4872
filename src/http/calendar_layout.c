/* calendar_layout.c - rows and columns of a calendar (calendar_layout.h). */
#include "http/calendar_layout.h"

#include "base/timefmt.h"

int64_t calendar_month(int64_t day, int months) {
    struct civil c = civil_from_date(day);
    int all = c.year * 12 + c.month - 1 + months;
    int64_t first = date_from_civil(all / 12, all % 12 + 1, 1);
    int64_t next = date_from_civil((all + 1) / 12, (all + 1) % 12 + 1, 1);
    int64_t same = first + c.day - 1;
    return same < next ? same : next - 1;
}

int calendar_rows(struct arena *arena, struct calendar_slot *slots, size_t count) {
    uint8_t *taken = arena_array(arena, uint8_t, count + 1); /* by row: the days that are */
    int rows = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t days = (uint8_t)((1u << slots[i].to) - (1u << slots[i].from));
        int row = 0;
        while (row < rows && taken[row] & days) row++;
        taken[row] |= days;
        slots[i].place = row;
        if (row == rows) rows++;
    }
    return rows;
}

void calendar_columns(struct arena *arena, struct calendar_slot *slots, size_t count) {
    int *until = arena_array(arena, int, count + 1); /* by column: where its last slot ends */
    size_t group = 0;
    int columns = 0, end = 0;
    for (size_t i = 0; i < count; i++) {
        if (slots[i].from >= end) { /* it touches none before */
            group = i;
            columns = 0;
        }
        int column = 0;
        while (column < columns && until[column] > slots[i].from) column++;
        if (column == columns) columns++;
        until[column] = slots[i].to;
        slots[i].place = column;
        if (slots[i].to > end) end = slots[i].to;
        for (size_t k = group; k <= i; k++) slots[k].places = columns;
    }
}
