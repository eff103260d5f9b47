// Smooths the listing editor: keeps a draft while one types, offers names, follows the sources. Everything works without.
"use strict"

const form = document.querySelector("[data-editor]")
const status = form.querySelector("[data-draft-status]")
const PAUSE = 3000 // milliseconds after the last key
let due = 0, typings = 0, kept = 0, sent = false, refused = false, running = null // kept: how many of the typings the server has

function content() {
  const data = new URLSearchParams(new FormData(form))
  data.set("do", "autosave")
  return data
}

async function saveDraft() {
  clearTimeout(due)
  const upTo = typings
  running = new AbortController()
  try {
    const answer = await fetch(form.action, { method: "POST", body: content(), redirect: "error", signal: running.signal })
    refused = answer.status === 409 // another tab of the same person holds the draft
    if (refused) {
      status.textContent = form.dataset.elsewhere
      return
    }
    if (!answer.ok) throw new Error(answer.status)
    kept = upTo
    status.textContent = `${form.dataset.saved} ${new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit", timeZone: form.dataset.zone })}`
  } catch (error) {
    if (error.name === "AbortError") return
    due = setTimeout(saveDraft, 10 * PAUSE)
    status.textContent = form.dataset.failed
  }
}

function typed() {
  typings++
  clearTimeout(due)
  due = setTimeout(saveDraft, PAUSE)
}

function leave() {
  if (kept === typings || sent || !navigator.sendBeacon(form.action, content())) return
  kept = typings
  running?.abort() // what it carries is in the beacon too
}

form.addEventListener("input", typed)
form.addEventListener("change", typed)
form.addEventListener("submit", event => {
  clearTimeout(due)
  sent = event.submitter?.formTarget !== "_blank" // a preview leaves this page open
  if (sent) running?.abort() // or a draft would be kept of what is saved
})
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave() })
addEventListener("pagehide", leave)
addEventListener("beforeunload", event => { if (refused && !sent) event.preventDefault() })
addEventListener("pageshow", () => { sent = false })
addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault()
    saveDraft()
  }
})

// A source can be cited as soon as it is typed: it gets its short name here as the server would give it.
function slugged(words) {
  return words.normalize("NFKD").toLowerCase().replace(/[^a-z0-9\s_-]/g, "").replace(/[-_\s]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "") || "source"
}

const CITING = "select[name$='-source'] option, [name^='evidence-'][name$='-sources']"

function named(key, fields, words) {
  if (!words || key.value.trim() && key.value !== key.dataset.made) return
  const taken = fields.filter(one => one !== key).map(one => one.value.trim()), made = slugged(words)
  let free = made
  for (let number = 2; taken.includes(free); number++) free = `${made}-${number}`
  for (const one of form.querySelectorAll(CITING)) if (key.dataset.made && one.value === key.dataset.made) one.value = free
  key.value = key.dataset.made = free
}

function sources() {
  const fields = [...form.querySelectorAll("[name^='sources-'][name$='-key']")]
  return fields.map(key => {
    const [publisher, title] = ["publisher", "title"].map(one => form.elements[key.name.replace(/key$/, one)].value.trim())
    named(key, fields, publisher || title)
    return { key: key.value.trim(), words: [publisher, title].filter(Boolean).join(": ") || key.value.trim() }
  }).filter(source => source.key)
}

function offer(select, known) {
  for (const option of [...select.options]) {
    if (option.value && !option.selected && !known.some(source => source.key === option.value)) option.remove()
  }
  for (const { key, words } of known) {
    const option = [...select.options].find(one => one.value === key)
    if (option) option.text = words
    else select.add(new Option(words, key))
  }
}

// An evidence label cites several: a box for each source.
function offerBoxes(group, known) {
  const boxes = () => [...group.querySelectorAll("input[type=checkbox]")]
  for (const box of boxes()) {
    if (!box.checked && !known.some(source => source.key === box.value)) box.closest(".choice").remove()
  }
  for (const { key, words } of known) {
    let box = boxes().find(one => one.value === key)
    if (!box) {
      const choice = document.createElement("div")
      choice.className = "choice"
      box = Object.assign(document.createElement("input"), { type: "checkbox", name: group.id.slice(3), value: key, id: `${group.id}_${key}` })
      choice.append(box, " ", Object.assign(document.createElement("label"), { htmlFor: box.id }))
      group.append(choice)
    }
    box.labels[0].textContent = words
  }
}

form.addEventListener("change", event => {
  if (!/^sources-\d+-(key|publisher|title)$/.test(event.target.name)) return
  const known = sources()
  for (const select of form.querySelectorAll("select[name$='-source']")) offer(select, known)
  for (const group of form.querySelectorAll("fieldset[id^='id_evidence-'][id$='-sources']")) offerBoxes(group, known)
})

// "Show me" goes to the field; here it also marks the words.
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-words]"), field = link && document.getElementById(link.hash.slice(1))
  if (!field?.setSelectionRange) return
  event.preventDefault()
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
  const words = link.dataset.words.replace(/…$/, ""), at = field.value.indexOf(words)
  field.focus()
  if (words && at >= 0) field.setSelectionRange(at, at + words.length)
  field.scrollIntoView({ block: "center" })
})

// A name that is offered takes its line's place; without this file the button sends the form.
form.addEventListener("click", event => {
  const [verb, name, line, slug] = (event.target.closest("button.chip")?.value ?? "").split(":")
  if (verb !== "pick") return
  event.preventDefault()
  const field = form.elements[name]
  const lines = field.value.split("\n").filter(one => one.trim())
  lines[line] = slug
  field.value = lines.join("\n")
  field.focus()
  field.dispatchEvent(new Event("input", { bubbles: true }))
})
