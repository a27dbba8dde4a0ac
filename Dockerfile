FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt requirements-build.txt ./
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt && python -m venv /node \
    && /node/bin/pip install --no-cache-dir -r requirements-build.txt
COPY . .
RUN /node/bin/python scripts/frontend.py build

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings.prod EXPRSN_DATA_DIR=/data EXPRSN_SANDBOX_REQUIRE=all
RUN useradd --create-home --uid 10001 exprsn && mkdir /data && chown exprsn /data
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=exprsn /app/manage.py ./
COPY --from=build --chown=exprsn /app/apps apps
COPY --from=build --chown=exprsn /app/config config
COPY --from=build --chown=exprsn /app/exprsn exprsn
COPY --from=build --chown=exprsn /app/templates templates
COPY --from=build --chown=exprsn /app/fixtures fixtures
COPY --from=build --chown=exprsn /app/static static
USER exprsn
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "config.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4"]
