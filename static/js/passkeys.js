// Shows what this browser can do with passkeys, and says so kindly where one was not used.
for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !window.PublicKeyCredential
for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = !!window.PublicKeyCredential
document.addEventListener("allauth.error", event => {
  event.preventDefault()
  for (const part of document.querySelectorAll("[data-passkey-failed]")) part.hidden = false
})
