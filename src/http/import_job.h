/* import_job.h - one import by request: its options, its files, its row in import_runs; here or on a thread of its own. */
#ifndef HTTP_IMPORT_JOB_H
#define HTTP_IMPORT_JOB_H

#include "core/import.h"
#include "http/http.h"

struct import_job {
    struct ctx *ctx;
    const struct entity *entity;
    struct params given; /* options by name */
    const char *path;    /* of the CSV file */
    int64_t run_id;
    bool stays;          /* the file is kept where it is when the run has ended (import_job_keep) */
};

/* Takes the options that were given. False with errors. */
bool import_job_options(struct ctx *ctx, struct import_options *options, const struct params *given);
/* Runs it and keeps what came of it. */
bool import_job_run(struct import_job *job, struct import_result *result);
/* Keeps the file for a day as that of the run, beside where it was, so that what was tried is imported without being sent again.
 * False with an error. */
bool import_job_keep(struct import_job *job);
struct str import_job_kept_path(struct arena *arena, int64_t run_id);
/* The option `values` of a run whose file is kept, for as long; empty where there was none. False with an error. */
bool import_job_keep_values(struct ctx *ctx, int64_t run_id, struct str values);
struct str import_job_kept_values(struct arena *arena, int64_t run_id);
#define IMPORT_JOB_THREADS 2
/* Queues it for a thread: the file is moved away, so that it outlives the request, or stays. False with errors. */
bool import_job_later(const struct import_job *job);
/* Where the bad rows of a run are kept. */
struct str import_job_bad_path(struct arena *arena, int64_t run_id);

#endif
