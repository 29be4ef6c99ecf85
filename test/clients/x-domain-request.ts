/**
 * For pages: what Internet Explorer 8 and 9 had to ask another origin with. It sends a POST without headers, and tells
 * only whether that went well.
 */
export const X_DOMAIN_REQUEST = `(() => {
  const Native = XMLHttpRequest;
  window.XMLHttpRequest = class {};
  window.XDomainRequest = class {
    open(method, url) {
      this.native = new Native();
      this.native.open(method, url);
    }
    send(text) {
      this.native.onload = () => {
        const { status, responseText } = this.native;
        if (status >= 400) return this.onerror();
        Object.assign(this, { responseText, contentType: this.native.getResponseHeader('Content-Type') });
        this.onload();
      };
      this.native.onerror = () => this.onerror();
      this.native.send(new Blob([text]));
    }
  };
})()`;
