# The server's image: nodes (`serve`), migrations (`migrate`) and every other command of cirrusgram.
#
# docker build -t cirrusgram .
# docker run --read-only --tmpfs /tmp -v cirrusgram:/data -p 443:4430 -p 4431:4431 cirrusgram
#
# Pin PYTHON_IMAGE by digest where builds have to be reproducible.
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${PYTHON_IMAGE} AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv --without-pip /opt/cirrusgram
WORKDIR /src

# Dependencies first: they change less often than the code. Only wheels, so that no compiler is needed.
COPY requirements.lock ./
RUN pip --python /opt/cirrusgram/bin/python install --no-deps --only-binary :all: --requirement requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY tl tl
COPY layers layers
COPY functions functions
COPY connection_tier connection_tier
RUN pip --python /opt/cirrusgram/bin/python install --no-deps . \
    && /opt/cirrusgram/bin/python -m compileall -q -j 0 /opt/cirrusgram/lib

FROM ${PYTHON_IMAGE}

LABEL org.opencontainers.image.title="Cirrusgram" \
      org.opencontainers.image.description="A Telegram-compatible server people run themselves" \
      org.opencontainers.image.licenses="Apache-2.0"

# The volumes belong to the user before they are declared: where a new one is mounted, it takes that over.
RUN groupadd --gid 10001 cirrusgram \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin cirrusgram \
    && install --directory --owner 10001 --group 10001 --mode 0700 /data /keys

COPY --from=build /opt/cirrusgram /opt/cirrusgram

ENV PATH=/opt/cirrusgram/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CIRRUSGRAM_DATA=/data \
    CIRRUSGRAM_TCP=0.0.0.0:4430 \
    CIRRUSGRAM_HTTP=0.0.0.0:4431

USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/keys"]
EXPOSE 4430 4431
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:4431/healthz', timeout=3)"]

ENTRYPOINT ["cirrusgram"]
CMD ["serve"]
