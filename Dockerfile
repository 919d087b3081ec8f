FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY content content
RUN python -m venv /opt/passalong && /opt/passalong/bin/pip install --no-cache-dir '.[charts,postgres]'

FROM python:3.12-slim
RUN useradd --system --create-home --home-dir /data passalong
COPY --from=build /opt/passalong /opt/passalong
ENV PATH=/opt/passalong/bin:$PATH PYTHONUNBUFFERED=1
USER passalong
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["passalong", "health"]
ENTRYPOINT ["passalong"]
CMD ["run"]
