// limit: what this machine can do at all. One epoll thread, SO_PEERCRED on accept, a fixed answer to every line, no JSON read.
// The daemon is measured as a ratio to it.
//   limit PATH | (LISTEN_FDS=1: serves fd 3, as a service manager would hand it over)
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

// As long as the daemon's answer to an ask, so that both copy the same bytes.
#define REPLY "{\"jsonrpc\":\"2.0\",\"id\":10000000,\"result\":{\"outcome\":\"allowed\"," \
              "\"id\":\"0123456789abcdef0123456789abcdef\",\"by\":\"rule:github\"}}\n"
enum { REPLY_LENGTH = sizeof REPLY - 1, BATCH = 256, EVENTS = 256, READ_BUFFER = 16384, LISTEN_FDS_START = 3 };

static char replies[REPLY_LENGTH * BATCH];

static int send_replies(int fd, size_t lines)
{
    for (size_t left = lines * REPLY_LENGTH; left > 0;) {
        // The replies are periodic, so a short write goes on at any offset modulo one reply.
        size_t offset = (lines * REPLY_LENGTH - left) % REPLY_LENGTH;
        size_t room = sizeof replies - offset;
        ssize_t sent = send(fd, replies + offset, left < room ? left : room, MSG_NOSIGNAL);
        if (sent <= 0)
            return -1;
        left -= (size_t)sent;
    }
    return 0;
}

// Answers what one read brought; -1 when the connection is over.
static int serve(int fd)
{
    char buffer[READ_BUFFER];
    ssize_t got = recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN)
        return 0;
    if (got <= 0)
        return -1;
    size_t lines = 0;
    for (char *at = buffer, *end = buffer + got; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        lines++;
    return lines ? send_replies(fd, lines) : 0;
}

static int admitted(int fd)
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == getuid();
}

static void accept_one(int listener, int poller)
{
    int fd = accept4(listener, 0, 0, SOCK_CLOEXEC);
    if (fd < 0)
        return;
    struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
    if (!admitted(fd) || epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event))
        close(fd);
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "limit: %s is longer than %zu bytes\n", path, sizeof address.sun_path - 1);
        return -1;
    }
    strcpy(address.sun_path, path);
    umask(0177);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
        perror(path);
        return -1;
    }
    return fd;
}

int main(int argc, char **argv)
{
    const char *pid = getenv("LISTEN_PID");
    int activated = pid && atoi(pid) == getpid();
    if (!activated && argc != 2) {
        fprintf(stderr, "usage: limit PATH\n");
        return 64;
    }
    for (int i = 0; i < BATCH; i++)
        memcpy(replies + (size_t)i * REPLY_LENGTH, REPLY, REPLY_LENGTH);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    int listener = activated ? LISTEN_FDS_START : listen_at(argv[1]);
    if (listener < 0)
        return 73;
    int poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = { .events = EPOLLIN, .data.fd = listener }, events[EVENTS];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int n = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == listener)
                accept_one(listener, poller);
            else if (serve(fd))
                close(fd);
        }
    }
}
