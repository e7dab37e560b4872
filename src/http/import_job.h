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
};

/* Takes the options that were given. False with errors. */
bool import_job_options(struct ctx *ctx, struct import_options *options, const struct params *given);
/* Runs it and keeps what came of it. */
bool import_job_run(struct import_job *job, struct import_result *result);
#define IMPORT_JOB_THREADS 2
/* Queues it for a thread: the file is moved away, so that it outlives the request. False with errors. */
bool import_job_later(const struct import_job *job);
/* Where the bad rows of a run are kept. */
struct str import_job_bad_path(struct arena *arena, int64_t run_id);

#endif
