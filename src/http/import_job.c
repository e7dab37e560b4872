/* import_job.c - imports by request: the files of a run, and the threads on which large ones run (import_job.h). */
#include "http/import_job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timefmt.h"
#include "core/registry.h"
#include "http/import_api.h"

#define QUEUE_LIMIT 100
#define JOB_MEMORY ((size_t)256 << 20) /* names of records, the report; rows have their own */
#define KEPT_S (7 * 24 * 3600)         /* files of bad rows */
#define TRIED_S (24 * 3600)            /* files that were tried */

/* A job on its way to a thread; it owns its memory. */
struct queued {
    struct arena *arena;
    const struct entity *entity;
    struct params given;
    const char *path;
    int64_t run_id, tenant_id, user_id, session_id, key_id;
    bool stays;
    struct str ip, user_agent, request_id;
    struct queued *next;
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    pthread_t threads[IMPORT_JOB_THREADS];
    int thread_count, length;
    struct queued *first, *last;
    struct db *db;
    char directory[512];
    atomic_bool stopping;
} jobs = {.lock = PTHREAD_MUTEX_INITIALIZER, .arrived = PTHREAD_COND_INITIALIZER};

/* ---- files -------------------------------------------------------------------------------------------------------------- */

static struct str path_of(struct arena *arena, int64_t run_id, const char *what) {
    return str_printf(arena, "%s/%lld.%s", jobs.directory, (long long)run_id, what);
}

struct str import_job_bad_path(struct arena *arena, int64_t run_id) {
    return path_of(arena, run_id, "bad.csv");
}

struct str import_job_kept_path(struct arena *arena, int64_t run_id) {
    return path_of(arena, run_id, "tried.csv");
}

/* What was left behind: by earlier servers uploads at once; files that were tried after a day, bad rows after a week. */
static void sweep_files(bool uploads) {
    DIR *dir = opendir(jobs.directory);
    struct stat info;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.' || fstatat(dirfd(dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
        struct str name = str_of(entry->d_name);
        int64_t age = time_now() / 1000 - (int64_t)info.st_mtime;
        bool over = str_ends(name, STR(".upload")) ? uploads : age > (str_find(name, STR(".tried.")) >= 0 ? TRIED_S : KEPT_S);
        if (over) unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir) closedir(dir);
}

static bool cannot_keep(struct ctx *ctx, const char *what) {
    return errors_add(&ctx->errors, errno == ENOSPC || errno == EDQUOT ? 507 : 500, "cannot_store", NULL,
                      "%s cannot be kept on the server.", what);
}

bool import_job_keep(struct import_job *job) {
    struct ctx *ctx = job->ctx;
    struct str path = import_job_kept_path(ctx->arena, job->run_id);
    sweep_files(false);
    if (link(job->path, path.ptr) != 0) return cannot_keep(ctx, "The file");
    job->path = path.ptr;
    job->stays = true;
    return true;
}

static FILE *open_new(struct ctx *ctx, struct str path, const char *what) {
    int fd = open(path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (file) return file;
    if (fd >= 0) close(fd);
    cannot_keep(ctx, what);
    return NULL;
}

bool import_job_keep_values(struct ctx *ctx, int64_t run_id, struct str values) {
    static const char what[] = "What the words mean";
    FILE *file = open_new(ctx, path_of(ctx->arena, run_id, "tried.json"), what);
    bool written = file && fwrite(values.ptr, 1, values.len, file) == values.len;
    if (file && fclose(file) == 0 && written) return true;
    return file && errors_add(&ctx->errors, 507, "cannot_store", NULL, "%s cannot be kept on the server.", what);
}

struct str import_job_kept_values(struct arena *arena, int64_t run_id) {
    FILE *file = fopen(path_of(arena, run_id, "tried.json").ptr, "rbe");
    if (!file) return STR("");
    struct buf b = buf_new(arena, 1024);
    size_t got;
    do b.len += got = fread(buf_reserve(&b, 4096), 1, 4096, file);
    while (got > 0);
    fclose(file);
    return buf_str(&b);
}

/* ---- running ------------------------------------------------------------------------------------------------------------ */

bool import_job_options(struct ctx *ctx, struct import_options *options, const struct params *given) {
    for (int i = 0; i < given->count; i++) {
        bool known;
        struct str name = given->at[i].name;
        import_option(ctx, options, name, given->at[i].value, &known);
        if (!known)
            errors_add(&ctx->errors, 400, "unknown_parameter", str_cstr(ctx->arena, name), "There is no parameter '%.*s'.",
                       STR_ARG(name));
    }
    return ctx->errors.count == 0;
}

static void close_file(void *file) { fclose(file); }

bool import_job_run(struct import_job *job, struct import_result *result) {
    struct ctx *ctx = job->ctx;
    struct import_options options = {.entity = job->entity, .run_id = job->run_id, .stop = &jobs.stopping};
    struct str bad_path = import_job_bad_path(ctx->arena, job->run_id);
    *result = (struct import_result){.entity = job->entity, .run_id = job->run_id};
    bool ok = import_job_options(ctx, &options, &job->given);
    options.file = ok ? fopen(job->path, "rbe") : NULL;
    if (options.file)
        arena_defer(ctx->arena, close_file, options.file);
    else if (ok)
        ok = errors_add(&ctx->errors, 500, "cannot_read", NULL, "The upload cannot be read.");
    if (ok) options.bad_rows = open_new(ctx, bad_path, "The file of bad rows");
    ok = ok && options.bad_rows && import_run(ctx, &options, result);
    if (options.bad_rows && fclose(options.bad_rows) != 0)
        ok = errors_add(&ctx->errors, 507, "cannot_store", NULL, "The file of bad rows cannot be kept on the server.");
    if (result->counts.bad == 0) unlink(bad_path.ptr);
    if (!ok) result->finished = false;
    return import_run_end(ctx, result, job->run_id, result->counts.bad > 0) && ok;
}

/* ---- later -------------------------------------------------------------------------------------------------------------- */

static struct params copy_params(struct arena *arena, const struct params *from) {
    struct params to = {arena_array(arena, struct param, (size_t)from->count), from->count};
    for (int i = 0; i < from->count; i++)
        to.at[i] = (struct param){str_dup(arena, from->at[i].name), str_dup(arena, from->at[i].value)};
    return to;
}

bool import_job_later(const struct import_job *job) {
    const struct ctx *ctx = job->ctx;
    const struct actor *actor = ctx->actor;
    struct arena *arena = arena_new(JOB_MEMORY);
    struct str path = path_of(arena, job->run_id, "upload");
    struct queued *queued = arena_alloc(arena, sizeof *queued);
    *queued = (struct queued){.arena = arena,
                              .entity = registry_at(job->entity->index), /* a company's own form of it ends with the request */
                              .path = job->stays ? str_cstr(arena, str_of(job->path)) : path.ptr,
                              .stays = job->stays,
                              .run_id = job->run_id,
                              .tenant_id = ctx->tenant_id,
                              .user_id = actor->user_id,
                              .session_id = actor->session_id,
                              .key_id = actor->key_id,
                              .ip = str_dup(arena, ctx->ip),
                              .user_agent = str_dup(arena, ctx->user_agent),
                              .request_id = str_dup(arena, ctx->request_id)};
    queued->given = copy_params(arena, &job->given);
    pthread_mutex_lock(&jobs.lock);
    bool room = jobs.length < QUEUE_LIMIT && jobs.thread_count && !atomic_load(&jobs.stopping);
    bool taken = room && (job->stays || rename(job->path, path.ptr) == 0);
    if (taken) {
        if (jobs.last)
            jobs.last->next = queued;
        else
            jobs.first = queued;
        jobs.last = queued;
        jobs.length++;
        pthread_cond_signal(&jobs.arrived);
    }
    pthread_mutex_unlock(&jobs.lock);
    if (taken) return true;
    arena_free(arena);
    if (!room) return errors_add(&job->ctx->errors, 503, "busy", NULL, "Too many imports are waiting. Try again later.");
    return errors_add(&job->ctx->errors, 500, "cannot_store", NULL, "The upload cannot be kept on the server.");
}

/* The one who asked, with what they may do now. */
static bool enter(struct ctx *ctx, const struct queued *queued) {
    ctx_init(ctx, queued->arena, jobs.db, actor_system(queued->arena, queued->tenant_id));
    ctx->ip = queued->ip;
    ctx->user_agent = queued->user_agent;
    ctx->request_id = queued->request_id;
    ctx->conn = db_reader(jobs.db, &ctx->errors);
    if (!ctx->conn) return false;
    struct actor *loaded = actor_load(ctx, queued->tenant_id, queued->user_id);
    if (!loaded) return errors_add(&ctx->errors, 403, "inactive", NULL, "The user is not active any more.");
    struct ctx before = *ctx;
    ctx_init(ctx, queued->arena, jobs.db, actor_for_request(queued->arena, loaded, queued->session_id, queued->key_id));
    ctx->ip = before.ip;
    ctx->user_agent = before.user_agent;
    ctx->request_id = before.request_id;
    ctx->conn = before.conn;
    return true;
}

static void run_queued(struct queued *queued) {
    struct ctx *ctx = arena_alloc(queued->arena, sizeof *ctx);
    struct import_result *result = arena_alloc(queued->arena, sizeof *result);
    jmp_buf edge, *outer = arena_catch(queued->arena, &edge);
    if (setjmp(edge) == 0) {
        struct import_job job = {ctx, queued->entity, queued->given, queued->path, queued->run_id, queued->stays};
        *result = (struct import_result){.entity = queued->entity, .run_id = queued->run_id};
        bool entered = enter(ctx, queued);
        if (entered)
            import_job_run(&job, result);
        else if (ctx->conn)
            import_run_end(ctx, result, queued->run_id, false);
    } else {
        log_event(LOG_ERROR, "import_out_of_memory", LOG_INT("run", queued->run_id));
    }
    arena_catch(queued->arena, outer);
    if (ctx->conn) db_reset_all(ctx->conn);
    if (!queued->stays) unlink(queued->path);
    arena_free(queued->arena);
}

static void *job_main(void *arg) {
    (void)arg;
    pthread_mutex_lock(&jobs.lock);
    while (true) {
        while (!jobs.first && !atomic_load(&jobs.stopping)) pthread_cond_wait(&jobs.arrived, &jobs.lock);
        struct queued *queued = jobs.first;
        if (!queued) break;
        jobs.first = queued->next;
        if (!jobs.first) jobs.last = NULL;
        jobs.length--;
        pthread_mutex_unlock(&jobs.lock);
        run_queued(queued);
        pthread_mutex_lock(&jobs.lock);
    }
    pthread_mutex_unlock(&jobs.lock);
    return NULL;
}

/* ---- start and stop ----------------------------------------------------------------------------------------------------- */

static bool sweep_runs(struct db *db, struct errors *errors) {
    struct arena *arena = arena_new((size_t)1 << 20);
    struct ctx ctx;
    ctx_init(&ctx, arena, db, actor_system(arena, 0));
    bool ok = import_run_sweep(&ctx);
    if (!ok) errors_add(errors, 500, "import", NULL, "Imports that were under way cannot be told as stopped.");
    arena_free(arena);
    return ok;
}

bool import_jobs_start(struct db *db, const char *files_dir, struct errors *errors) {
    int n = snprintf(jobs.directory, sizeof jobs.directory, "%s/imports", files_dir);
    if (n < 0 || (size_t)n >= sizeof jobs.directory)
        return errors_add(errors, 500, "files", NULL, "The path of files is too long.");
    jobs.db = db;
    atomic_store(&jobs.stopping, false);
    if (mkdir(jobs.directory, 0700) != 0 && errno != EEXIST)
        return errors_add(errors, 500, "files", NULL, "There is no directory %s and it cannot be made.", jobs.directory);
    sweep_files(true);
    if (!sweep_runs(db, errors)) return false;
    while (jobs.thread_count < IMPORT_JOB_THREADS && pthread_create(&jobs.threads[jobs.thread_count], NULL, job_main, NULL) == 0)
        jobs.thread_count++;
    return jobs.thread_count > 0 || errors_add(errors, 500, "thread", NULL, "Cannot start a thread.");
}

void import_jobs_stop(void) {
    pthread_mutex_lock(&jobs.lock);
    atomic_store(&jobs.stopping, true);
    pthread_cond_broadcast(&jobs.arrived);
    pthread_mutex_unlock(&jobs.lock);
    for (int i = 0; i < jobs.thread_count; i++) pthread_join(jobs.threads[i], NULL);
    jobs.thread_count = 0;
}
