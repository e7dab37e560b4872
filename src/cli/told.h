/* told.h - how commands tell what a verification finds, line by line as it goes, and how far it is, on a terminal. */
#ifndef CLI_TOLD_H
#define CLI_TOLD_H

#include "cli/cli.h"
#include "core/verify.h"

struct told {
    struct cli *cli;
    int64_t count;   /* findings so far */
    int64_t said_at; /* when progress was last told */
    bool line;       /* a line of progress stands on the terminal */
};
/* Findings go to standard output, as text or as members of a JSON array; progress to standard error. */
struct verify_options told_options(struct told *told);
/* "leads 12000" over the last such line; nothing where standard error is no terminal. */
void told_progress(struct told *told, const char *what, int64_t done);
/* Takes the line of progress away. */
void told_end(struct told *told);

#endif
