/** Made by local/templates.ts when the app is built; loaded by the first page, never at a cold start. */
declare module 'pages:compiled' {
  const pages: import('../html.ts').CompiledPages;
  export const render: typeof pages.render;
  export const texts: typeof pages.texts;
  export const assetPaths: typeof pages.assetPaths;
}

declare module 'pages:assets' {
  export const assets: Readonly<Record<string, import('../html.ts').StoredAsset>>;
}
