# Cairn as a container: no root, no shell needed, everything that is written goes to /data.
#   docker run -p 8080:8080 -v cairn:/data --read-only --cap-drop=ALL cairn
# A first credential comes from CAIRN_KEY and CAIRN_SECRET (or their *_FILE forms) at run time, never from the image.

FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY specs ./specs
COPY scripts ./scripts
COPY src ./src
RUN npm run build \
  && npm prune --omit=dev --ignore-scripts \
  && mkdir /data

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    CAIRN_HOST=0.0.0.0 \
    CAIRN_PORT=8080 \
    CAIRN_STORAGE=sqlite:/data
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY --from=build --chown=1000:1000 /data /data
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.CAIRN_PORT + '/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
