# The app and the command line; COMPUTE=cuda brings PyTorch with CUDA in place of the smaller one for processors.
FROM debian:bookworm-slim AS build
ARG COMPUTE=cpu
ARG EXTRAS=ray,storage,heic,psd,c2pa,parquet
SHELL ["/bin/sh", "-eu", "-c"]
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv libatomic1 \
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/ecomgen && /opt/ecomgen/bin/pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /source
COPY . .
RUN case "$COMPUTE" in cpu) export UV_TORCH_BACKEND=cpu ;; cuda) ;; *) echo "COMPUTE is cpu or cuda" >&2; exit 1 ;; esac \
    && /opt/ecomgen/bin/uv pip install --no-cache --compile-bytecode --python /opt/ecomgen/bin/python \
      --constraint constraints.txt ".[$EXTRAS]" \
    && /opt/ecomgen/bin/uv pip uninstall --python /opt/ecomgen/bin/python uv pip

FROM debian:bookworm-slim
SHELL ["/bin/sh", "-eu", "-c"]
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libatomic1 libllvm19 python3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /tmp ecomgen \
    && install -d -o ecomgen -g ecomgen -m 700 /data \
    && install -d -o ecomgen -g ecomgen /weights /catalogues
COPY --from=build /opt/ecomgen /opt/ecomgen
ENV PATH=/opt/ecomgen/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    ECOMGEN_HOME=/data \
    ECOMGEN_WEIGHTS=/weights \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 10001:10001
WORKDIR /catalogues
VOLUME ["/data", "/weights", "/catalogues"]
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["ecomgen"]
CMD ["serve", "--host", "0.0.0.0", "--port", "7860"]
