"""What the five founding articles open, and the page or listing that answers it, with the words that do.

The articles (`ARTICLES`) say what families look for, not what is true: `mends` numbers the dossier's forty doubtful statements,
in its order, which the row answers correctly. A row's place is a page's slug, or `kind/slug` of a listing, or `conditions/slug`;
its part is a section of the page, or a field. Several phrases, parted by ` | `, must all stand there.
"""

import re
from dataclasses import dataclass

import pytest

from conditions.catalogue_files import CITATION, ROOT, ConditionShape, read_page
from conditions.files import Document, read_text
from resources import starter

# Each article's subject: the page where its readers would look.
ARTICLES = {
    "000": "cerebellar-atrophy",
    "001": "cerebellar-atrophy",
    "002": "spinal-muscular-atrophy",
    "003": "cerebellar-hypoplasia",
    "004": "cerebral-palsy",
}

# The list of topics: which articles open each.
OPENED = {
    "causes": "000 001 002 003 004",
    "genes": "000 002 003",
    "infections in pregnancy": "003",
    "imaging": "001 003",
    "genetic and laboratory tests": "001 002 003",
    "therapy: physical": "000 001 002 003 004",
    "therapy: occupational": "000 001 002 003 004",
    "therapy: speech and swallowing": "000 001 003 004",
    "therapy: medicines for signs": "000 001",
    "therapy: medicines for the cause": "000 002 003",
    "therapy: Cerebrolysin": "000",
    "therapy: Shuxuetong": "000",
    "therapy: aspirin": "000",
    "therapy: diet, exercise, supplements": "000",
    "therapy: stem cells": "000 004",
    "therapy: gene editing": "000",
    "therapy: gene therapy and antisense": "002",
    "therapy: breathing support": "002",
    "therapy: nutrition": "002",
    "therapy: braces": "002 004",
    "therapy: shunt": "003",
    "therapy: seizure medicine": "003",
    "therapy: glasses and prisms": "003",
    "therapy: valganciclovir": "003",
    "therapy: botulinum toxin": "004",
    "therapy: baclofen": "004",
    "therapy: tendon surgery": "004",
    "therapy: psychological and behavioral": "004",
    "complications": "002 003 004",
    "home adaptations": "003",
    "emotional health": "003 004",
    "school and work": "003",
    "support networks and how to choose one": "002 003",
    "financial and insurance help": "003",
    "clinical trials": "000 002",
    "registries": "002",
    "finding a center near you": "002",
    "prevention": "003",
    "frequently asked questions": "003",
}


@dataclass(frozen=True)
class Row:
    topic: str
    articles: str
    asks: str  # what a family may come with: a question, or the article's claim in quotation marks
    place: str
    part: str
    words: str
    mends: int | None = None

    def __str__(self):
        return f"{self.topic} - {self.asks[:50]} - {self.place}"


CA, CH, CP, SMA = "cerebellar-atrophy", "cerebellar-hypoplasia", "cerebral-palsy", "spinal-muscular-atrophy"

# fmt: off
ROWS = [Row(*row) for row in [
    # Cerebellar atrophy, "cerebro-cerebellar volume loss" (articles 000 and 001)
    ("causes", "000 001", "I read 'cerebellar atrophy' on a report: which disease is it?",
     CA, "main-message", "a finding, not one disease"),
    ("causes", "000", '"Cerebellar atrophy is a progressive neurological condition"',
     CA, "in-plain-words", "They are not a diagnosis | Some children stay stable or improve", 2),
    ("causes", "001", '"Volume loss, also known as cerebellar atrophy"',
     CA, "in-plain-words", "less tissue in two places | not just another name for cerebellar atrophy", 11),
    ("causes", "001", "What is 'cerebro-cerebellar volume loss'?",
     "conditions/cerebellar-atrophy", "names", "Cerebro-cerebellar volume loss"),
    ("causes", "001", '"The most common cause is age-related degeneration"',
     CA, "in-plain-words", "Is it just age? | does not explain atrophy in a child", 12),
    ("causes", "001", '"Cerebral palsy can cause cerebellar atrophy"',
     CA, "in-plain-words", "Does cerebral palsy cause it? No. | Ask if both may have one cause", 13),
    ("causes", "001", '"Concussions can cause cerebellar atrophy"',
     CA, "causes-and-tests", "after moderate or severe injury | Less is known about a mild concussion", 14),
    ("causes", "000 001", "Stroke, multiple sclerosis, alcohol, tumors?",
     CA, "causes-and-tests", "stroke, multiple sclerosis, tumors, alcohol"),
    ("causes", "000", "Infections, poisons, immune causes?", CA, "causes-and-tests", "medicines, poisons and infections | immune causes"),
    ("causes", "000", '"Severe vitamin deficiencies (particularly B1 and B12)"',
     CA, "causes-and-tests", "lack of vitamin E, B12 or coenzyme Q10, or of vitamin B1", 8),
    ("causes", "000", "Lack of vitamin B1 is an emergency",
     CA, "get-help-now", "Ask about vitamin B1 right away; treatment should not wait"),
    ("genes", "000", "Genes, and where their table is",
     CA, "causes-and-tests", "many gene changes, passed on in different ways | Other names, genes and codes"),
    ("genes", "000", "Which genes and kinds, such as SCA?",
     "conditions/cerebellar-atrophy", "genes", "ATXN1 | TTPA | Spinocerebellar ataxia type 1"),
    ("causes", "001", "What does the cerebellum do?", CA, "in-plain-words", "move smoothly, keep our balance and aim our eyes"),
    ("complications", "001", "Balance, speech, tremor, clumsy hands: is it that?", CA, "in-plain-words", "slurred speech and jerky eyes"),
    ("complications", "001", '"As the condition progresses, symptoms may worsen"',
     CA, "in-plain-words", "Will it get worse? Some causes get worse over time.", 16),
    ("complications", "000", "Thinking and mood", CA, "care-team", "checks thinking and mood, which can change too"),
    ("imaging", "001", "What can the MRI tell us?",
     CA, "in-plain-words", "One scan cannot always tell it from atrophy | it rarely points to one cause"),
    ("imaging", "001", "Who looks at the MRI?", CA, "causes-and-tests", "examine your child and look at the MRI"),
    ("genetic and laboratory tests", "001", "Blood tests", CA, "causes-and-tests", "Blood tests and genetic tests often follow"),
    ("genetic and laboratory tests", "000 001", "Genetic tests, and those that exomes miss",
     CA, "questions", "Does it find repeat expansions"),
    ("therapy: physical", "000 001", "Physical therapy",
     CA, "therapies", "one strong trial found that four weeks of inpatient therapy probably helped"),
    ("therapy: occupational", "000 001", "Occupational therapy", CA, "therapies", "Physical and occupational therapy"),
    ("therapy: speech and swallowing", "000 001", "Speech therapy",
     CA, "therapies", "Speech and swallowing therapy. It is standard care as well"),
    ("therapy: medicines for signs", "000 001", "Medicines for tremor or stiffness",
     CA, "therapies", "Some medicines ease symptoms or treat the cause"),
    ("therapy: medicines for signs", "000", '"Effective treatment options for cerebellar atrophy"',
     CA, "therapies", "There is no single medicine for cerebellar atrophy, because it is not a single disease", 1),
    ("therapy: medicines for the cause", "000", '"No single wonder drug can halt the progression"',
     CA, "causes-and-tests", "has an FDA-approved medicine, omaveloxolone, from age 16", 7),
    ("therapy: medicines for the cause", "001", '"These medications do not slow down the progression"',
     CA, "causes-and-tests", "early vitamin E can keep symptoms away", 15),
    ("therapy: medicines for the cause", "000", "Vitamin E",
     "therapy/vitamin-e", "summary", "treats one rare ataxia (AVED). It does not help other ataxias"),
    ("therapy: medicines for the cause", "000", "Vitamin B1",
     "therapy/thiamine", "summary", "given at once, into a vein, when the brain lacks it"),
    ("therapy: medicines for the cause", "000", "Vitamin B12", "therapy/vitamin-b12", "summary", "when a blood test shows a lack"),
    ("therapy: Cerebrolysin", "000", '"Cerebrolysin may help improve functional outcomes"',
     CA, "therapies", "We found no trial of either for cerebellar atrophy | Cerebrolysin trials reviewed were in stroke", 3),
    ("therapy: Cerebrolysin", "000", '"Cerebrolysin has been used off-label"', CA, "therapies", 'so "off-label" is the wrong word', 4),
    ("therapy: Cerebrolysin", "000", "May I order Cerebrolysin?", "therapy/cerebrolysin", "first_step", "Do not order it"),
    ("therapy: Shuxuetong", "000", '"Some trials report modest improvements in coordination"',
     CA, "therapies", "bleeding has been seen with Shuxuetong", 5),
    ("therapy: Shuxuetong", "000", "What is 'Pheretima extract'?",
     "therapy/shuxuetong", "therapy.what_it_is", "made from leeches and earthworms"),
    ("therapy: aspirin", "000", '"Antiplatelet agents like aspirin" among the treatments',
     CA, "therapies", "It does not treat atrophy | Reye syndrome | only if a doctor says to", 6),
    ("therapy: aspirin", "000", "Aspirin after a stroke",
     "therapy/aspirin", "summary", "helps to prevent another stroke from a clot. It does not treat"),
    ("therapy: diet, exercise, supplements", "000", '"A diet rich in antioxidants, potentially delaying progression"',
     CA, "therapies", "We found no proof that a diet slows atrophy", 10),
    ("therapy: diet, exercise, supplements", "000", "Aerobic exercise",
     CA, "therapies", "six months of home cycling eased ataxia a little"),
    ("therapy: diet, exercise, supplements", "000", '"Cognitive stimulation, and strict management of cardiovascular risk factors"',
     CA, "therapies", "Brain games, and care for heart and blood vessels. We found no proof that they slow atrophy. After a stroke"),
    ("therapy: stem cells", "000", "Stem cells for the cerebellum",
     CA, "therapies", "The stem cell products that clinics sell are not FDA-approved"),
    ("therapy: gene editing", "000", '"Stem cells and CRISPR: hope for future breakthroughs"',
     CA, "therapies", "gene editing (CRISPR) | We saw no gene editing product or trial for ataxia", 9),
    ("therapy: gene editing", "000", "CRISPR: is there a product?",
     "therapy/crispr-gene-editing", "summary", "no product and no human trial"),
    ("home adaptations", "000", "Daily living, safe at home",
     CA, "day-to-day", "grab bars, rails on both sides of the stairs, a non-skid mat"),
    ("emotional health", "000", "Grief, loneliness", CA, "looking-after-yourself", "grief, and it is normal | call or text 988"),
    ("school and work", "000", "School with ataxia", CA, "school", "a keyboard in place of a pen"),
    ("school and work", "000", "Work for an adult with ataxia",
     CA, "growing-up", "Job Accommodation Network gives free, private advice on changes at work"),
    ("support networks and how to choose one", "001", "Whom can we talk with?",
     CA, "support", "a group that names its leader | match you with a trained parent"),
    ("financial and insurance help", "001", "Insurance says no", CA, "money", "You have 180 days to appeal"),
    ("clinical trials", "000", "Clinical trials",
     CA, "growing-up", "search ClinicalTrials.gov | has not always been checked by the government"),
    ("registries", "000", "A registry for ataxia", CA, "growing-up", "CoRDS ataxia registry"),
    ("finding a center near you", "001", "Which clinic, and where?",
     CA, "care-team", "specialist ataxia center | a map of centers by state"),
    ("finding a center near you", "000 001", "What a good center has",
     "service/ataxia-centers-of-excellence", "first_step", "choose your state"),
    ("prevention", "000", "Can it be prevented? Alcohol?",
     CA, "causes-and-tests", "Can it be prevented? Not when it is inherited | Heavy drinking can be avoided"),
    ("prevention", "000", "Another pregnancy", CA, "causes-and-tests", "Another pregnancy? The chance depends on the cause"),
    ("frequently asked questions", "001", "Questions families ask",
     CA, "in-plain-words", "Questions families often ask | Can the scan tell us the future?"),

    # Spinal muscular atrophy, "spinal atrophy" (article 002)
    ("causes", "002", '"Spinal atrophy" as the name of a disease',
     SMA, "in-plain-words", 'A page that says "spinal atrophy" usually means SMA, but that is not its medical name', 17),
    ("causes", "002", "I type 'spinal atrophy' in the search", "conditions/spinal-muscular-atrophy", "names", "Spinal atrophy"),
    ("causes", "002", '"Many cases are genetic"',
     SMA, "causes-and-tests", "SMA comes from changes in a gene called SMN1 | cannot fully predict how strong SMA will be", 18),
    ("causes", "002", "Whose fault is it?", SMA, "causes-and-tests", "It is nobody's fault"),
    ("causes", "002", "Which types are there?", SMA, "in-plain-words", "Type 1: starts before 6 months | type 4 starts in adults"),
    ("genes", "002", "SMN1 and SMN2", SMA, "causes-and-tests", "SMN2 (the back-up gene) | Both copies are missing or faulty"),
    ("genes", "002 003", "SMA from other genes, such as BICD2", SMA, "in-plain-words", "Rare forms come from other genes, such as BICD2"),
    ("genetic and laboratory tests", "002", "How is it found?", SMA, "causes-and-tests", "A blood test of the genes confirms it"),
    ("genetic and laboratory tests", "002", "Newborn screening",
     SMA, "causes-and-tests", "on the federal screening list since July 2018"),
    ("genetic and laboratory tests", "002", "Family planning, carriers",
     SMA, "causes-and-tests", "each child has a 1 in 4 chance of SMA"),
    ("therapy: gene therapy and antisense", "002", '"Options: antisense and gene replacement"',
     SMA, "therapies",
     "Risdiplam (Evrysdi): a medicine taken by mouth | Onasemnogene (Itvisma) | from age 2 | approved in November 2025", 19),
    ("therapy: gene therapy and antisense", "002", "Nusinersen",
     SMA, "therapies", "Nusinersen (Spinraza): an injection into the fluid around the spinal cord"),
    ("therapy: gene therapy and antisense", "002", "Is the higher dose of nusinersen approved?",
     SMA, "therapies", "higher dose of nusinersen has been FDA-approved since March 2026"),
    ("therapy: gene therapy and antisense", "002", "What changed for nusinersen?",
     "therapy/nusinersen-spinraza", "alert", "The FDA approved a higher dose in March 2026. The first dose is still approved"),
    ("therapy: gene therapy and antisense", "002", "Risks of gene therapy",
     SMA, "therapies", "boxed warning for serious liver injury, including deaths"),
    ("therapy: gene therapy and antisense", "002", "Liver signs after gene therapy", SMA, "get-help-now", "yellow skin or eyes"),
    ("therapy: gene therapy and antisense", "002", "Does it bring back what is lost?",
     SMA, "therapies", "None of them brings back nerve cells that are already lost"),
    ("therapy: medicines for the cause", "002", "Who can have them?",
     SMA, "therapies", "they are only for SMA that comes from SMN1 | depends on age, gene tests, health"),
    ("therapy: medicines for the cause", "002", "Not for every type of SMA",
     "therapy/nusinersen-spinraza", "not_eligible", "SMA types that do not come from the SMN1 gene"),
    ("therapy: physical", "002", "Physical therapy", SMA, "day-to-day", "Children also build skill by practicing real tasks"),
    ("therapy: occupational", "002", "Occupational therapy",
     SMA, "care-team", "Physical and occupational therapists: help with moving, seating and equipment"),
    ("therapy: breathing support", "002", "Mask breathing and help to cough",
     SMA, "day-to-day", "A cough machine, hand methods and a breathing mask (BiPAP) are standard care"),
    ("therapy: breathing support", "002", "Breathing trouble at night", SMA, "get-help-now", "works hard to breathe"),
    ("therapy: nutrition", "002", "Eating, feeding tube", SMA, "day-to-day", "A feeding tube is a tool, not a failure"),
    ("therapy: nutrition", "002", "May my child fast?", SMA, "get-help-now", "Long fasts may bring low blood sugar"),
    ("therapy: braces", "002", "Splints and braces", SMA, "day-to-day", "stretches, positions and splints"),
    ("complications", "002", "Curved spine, hips, bones", SMA, "growing-up", "curved spine (scoliosis)"),
    ("complications", "002", "Tight joints", SMA, "day-to-day", "Joints often get tight"),
    ("complications", "002", "An operation or sedation",
     SMA, "get-help-now", "Before any surgery or sedation | a breathing tube can be hard to put in"),
    ("complications", "002", "A young baby with a fever", SMA, "get-help-now", "in a baby up to 3 months old"),
    ("home adaptations", "002", "Ramps, doors, bath", SMA, "day-to-day", "ramps, wider doors and bath seats"),
    ("emotional health", "002", "I am worn out",
     SMA, "looking-after-yourself", "You are not weak if you are worn out | call or text 988"),
    ("school and work", "002", "School with SMA", SMA, "school", "a place for breathing and cough machines"),
    ("school and work", "002", "Work for an adult with SMA", SMA, "growing-up", "At work, the Job Accommodation Network"),
    ("support networks and how to choose one", "002", "Peer support, which group?", SMA, "support", "ask who leads it and how it meets"),
    ("financial and insurance help", "002", "A plan refuses the medicine",
     SMA, "money", "180 days to appeal | letter of medical necessity"),
    ("clinical trials", "002", "Trials", SMA, "growing-up", "look for trials on ClinicalTrials.gov"),
    ("registries", "002", "Registries", SMA, "growing-up", "take part in a registry"),
    ("finding a center near you", "002", "A neuromuscular center near us", SMA, "care-team", "Cure SMA keeps a list of care centers"),
    ("finding a center near you", "002", "Other care centers", "service/mda-care-center-network", "name", "MDA"),
    ("prevention", "002", "Could we have prevented it?", SMA, "causes-and-tests", "you could not have prevented it"),
    ("frequently asked questions", "002", "Old pages frighten me", SMA, "in-plain-words", "Old web pages may frighten you"),

    # Cerebellar hypoplasia (article 003)
    ("causes", "003", '"Genetic mutations account for roughly 60% of cases"',
     CH, "causes-and-tests", "a gene for about half of those with cerebellar hypoplasia", 20),
    ("causes", "003", "Is it a disease?", CH, "main-message", "a finding with many causes, not one disease"),
    ("causes", "003", '"Even a fleeting lack of oxygen in labor can leave an imprint"',
     CH, "causes-and-tests", "Was it the birth? We found no proof | fewer than 1 in 10 cases", 24),
    ("causes", "003", "Did I cause it?", CH, "causes-and-tests", "not caused by anything the parents did or did not do"),
    ("causes", "003", "Born very early", CH, "causes-and-tests", "grows fastest in the last third of pregnancy"),
    ("causes", "003", "Bleeding before birth", CH, "causes-and-tests", "disturbed growth before birth, such as bleeding"),
    ("genes", "003", "Genes, with a table", CH, "causes-and-tests", "| Gene | Name | What it tends to cause | How it is passed on |"),
    ("genes", "003", '"CACNA1A, ITPR1, KIF1A, CASK, BICD2 are the most common"',
     CH, "causes-and-tests", "So no short list of genes explains most children | We found no good source that counts these three", 23),
    ("genes", "003", "CACNA1A", CH, "causes-and-tests", "CACNA1A mostly brings attacks of unsteadiness or migraine"),
    ("genes", "003", "ITPR1", CH, "causes-and-tests", "| ITPR1 | Gillespie syndrome |"),
    ("genes", "003", "KIF1A", CH, "causes-and-tests", "KIF1A can bring stiff legs, seizures and atrophy"),
    ("genes", "003", "CASK", CH, "causes-and-tests", "| CASK | CASK disorders | Mostly girls"),
    ("genes", "003", "BICD2", CH, "causes-and-tests", "BICD2 mostly weakens the legs"),
    ("genes", "003", "Joubert syndrome and the molar tooth sign", CH, "causes-and-tests", '"Molar tooth sign" on MRI'),
    ("genes", "003", "CHARGE syndrome", CH, "causes-and-tests", "| CHD7 | CHARGE syndrome | Eye, ear, heart and growth differences"),
    ("genes", "003", "Chance for the next child", CH, "causes-and-tests", "With a recessive gene, it is 1 in 4 each time"),
    ("infections in pregnancy", "003", '"The TORCH trio", all "well-documented" causes',
     CH, "causes-and-tests",
     "TORCH is a name for a group that also holds toxoplasmosis and herpes; for these two we found no good proof", 22),
    ("infections in pregnancy", "003", '"A Lancet study: CMV is up to 15% of non-genetic cases"',
     CH, "causes-and-tests", "We found no study that says how many cases come from CMV", 21),
    ("infections in pregnancy", "003", "CMV, rubella, chickenpox, Zika",
     CH, "causes-and-tests", "CMV, rubella and chickenpox viruses are known causes. So is Zika."),
    ("infections in pregnancy", "003", "Could it be CMV?", CH, "questions", "Can the newborn blood spot still be tested?"),
    ("infections in pregnancy", "003", "All about CMV before birth", "congenital-cmv", "causes-and-tests", "The 21-day clock"),
    ("imaging", "003", "MRI", CH, "causes-and-tests", "MRI: shows which parts are small"),
    ("imaging", "003", "Ultrasound and MRI before birth", CH, "causes-and-tests", "A scan before birth needs another one after it"),
    ("imaging", "003", "Words of the report", CH, "in-plain-words", "Vermis and hemispheres"),
    ("genetic and laboratory tests", "003", "Panel or exome?",
     CH, "causes-and-tests", "exome or genome testing. Ask how it differs from a gene panel"),
    ("genetic and laboratory tests", "003", "Blood and urine: infections, metabolism",
     CH, "causes-and-tests", "tests for infection and for body-chemistry (metabolic) disorders"),
    ("genetic and laboratory tests", "003", "A negative test",
     "therapy/genetic-counseling-and-testing", "evidence", "A negative test does not rule out a genetic cause"),
    ("therapy: physical", "003", '"Early intensive therapy: noticeable gains within the first year"',
     CH, "therapies", "Proof is thin: a review found 40 children with ataxia in all, and no randomized trial", 27),
    ("therapy: occupational", "003", "Occupational therapy",
     CH, "therapies", "Physical, occupational and speech therapy are standard care"),
    ("therapy: speech and swallowing", "003", "Speech, swallowing",
     CH, "day-to-day", "A speech therapist can check how safely your child swallows"),
    ("therapy: medicines for the cause", "003", "Can it be cured? What is treatable?",
     CH, "therapies", "There is no standard treatment for the small cerebellum itself"),
    ("therapy: medicines for the cause", "003", "What may be treatable",
     CH, "causes-and-tests", "Ask about fluid on the brain, seizures, hearing or vision loss, and metabolic causes"),
    ("therapy: shunt", "003", "Shunt for hydrocephalus",
     CH, "therapies", "a shunt for fluid | A shunt can fail, so learn its warning signs"),
    ("therapy: seizure medicine", "003", "Seizures", CH, "therapies", "seizure medicine"),
    ("therapy: seizure medicine", "003", "Dangers of valproate",
     "therapy/antiseizure-medicines", "therapy.harms", "harm the liver or the pancreas | must not be used"),
    ("therapy: seizure medicine", "003", "Bad belly pain on valproate", "epilepsy", "get-help-now", "it can be an inflamed pancreas"),
    ("therapy: glasses and prisms", "003", "Shaking or crossed eyes", CH, "therapies", "glasses or eye surgery"),
    ("therapy: glasses and prisms", "003", "Do prisms help?",
     "therapy/prisms-and-glasses", "summary", "may ease a head turn, double vision or blurred sight"),
    ("therapy: valganciclovir", "003", '"Valganciclovir can mitigate further damage"',
     CH, "causes-and-tests",
     "started in the first month | somewhat better hearing at 1 and 2 years | The use is off-label | low blood counts", 28),
    ("complications", "003", "Hydrocephalus", CH, "get-help-now", "signs of pressure from fluid in the head (hydrocephalus)"),
    ("complications", "003", "Seizures: when to call 911",
     CH, "get-help-now", "has a first seizure, or one that lasts more than 5 minutes"),
    ("complications", "003", "Seizures of babies that look like startles",
     CH, "get-help-now", "quick jerks or bends in a row in a baby | infantile spasms"),
    ("complications", "003", "A young baby with a fever", CH, "get-help-now", "in a baby up to 3 months old"),
    ("complications", "003", "Which signs may we see?", CH, "in-plain-words", "Floppy muscles, late walking or talking"),
    ("home adaptations", "003", "Mats, grab bars", CH, "day-to-day", "Add stair rails, grab bars and a non-skid mat"),
    ("home adaptations", "003", "Short practice at home, small steps",
     CH, "day-to-day", "Build short practice into play, dressing and meals, and celebrate small steps"),
    ("emotional health", "003", "Anxiety, grief, isolation",
     CH, "looking-after-yourself", "A counselor can help you and your child | call or text 988"),
    ("emotional health", "003", "A therapist for us",
     "therapy/psychological-and-behavioral-support", "summary", "Help with stress, behavior and coping, for your child and for you"),
    ("school and work", "003", '"Schools must provide an IEP"',
     CH, "school", "a diagnosis alone does not bring an IEP | Evaluation comes first | Section 504", 30),
    ("school and work", "003", "Under 3", CH, "school", "within 45 days of referral"),
    ("school and work", "003", "More time, a seat, therapy at school",
     "school/therapies-and-nursing-at-school", "summary", "physical, occupational or speech therapy"),
    ("school and work", "003", "More time for tests", "school/extended-time-on-tests", "summary", "More time, breaks that do not count"),
    ("school and work", "003", "Work later",
     CH, "growing-up", "At work, the Job Accommodation Network gives adults free, private advice"),
    ("school and work", "003", "Training and a first job", "money/vr", "summary", "get ready for work, find a job and keep it"),
    ("support networks and how to choose one", "003", "How to choose a group",
     CH, "support", "names its leader | Leave one that sells products or promises cures"),
    ("support networks and how to choose one", "003", "Moderators, activity, focus",
     "guide/how-to-choose-a-support-group", "description", "Someone leads it. | It fits you. | rules on privacy and respect"),
    ("support networks and how to choose one", "003", "Online groups",
     "guide/staying-safe-in-online-groups", "description", "There are moderators."),
    ("support networks and how to choose one", "003", "A mentor: somebody who has been there",
     CH, "support", "Parent to Parent can match you with a trained parent"),
    ("support networks and how to choose one", "003", "No cause found", CH, "support", "Undiagnosed Diseases Network"),
    ("financial and insurance help", "003", '"EveryLife, Global Genes and NORD give grants for therapy"',
     "organization/national-organization-for-rare-disorders", "description",
     "Each program has its own rules. Many are for one disease only.", 31),
    ("financial and insurance help", "003", "What Global Genes offers", "organization/global-genes", "summary", "It has guides to read"),
    ("financial and insurance help", "003", "Insurance refuses a gene test",
     CH, "money", "even to a gene test: ask for the reason in writing"),
    ("financial and insurance help", "003", "The hospital's social worker", CH, "money", "Ask the hospital for a social worker"),
    ("financial and insurance help", "003", "What a social worker can do",
     "money/hospital-social-work", "summary", "hard talks with insurance"),
    ("financial and insurance help", "003", "Medicaid, and parents who earn too much",
     CH, "money", 'ask about "Katie Beckett" or a waiver'),
    ("financial and insurance help", "003", "The appeal is refused too",
     "money/external-review", "summary", "an independent reviewer can decide"),
    ("financial and insurance help", "003", "Medicaid says no", "money/medicaid-hearing", "summary", "you can ask for a hearing"),
    ("clinical trials", "003", "Trials", CH, "growing-up", "A study listed on ClinicalTrials.gov has not always been checked"),
    ("clinical trials", "000 002 003", "How to find a trial, step by step",
     "guide/how-to-find-a-clinical-trial", "description", "A listing is not approval"),
    ("registries", "003", "A registry",
     CH, "growing-up", "The CoRDS registry takes people with any rare disease, or with no diagnosis yet"),
    ("finding a center near you", "003", "A team near us",
     CH, "care-team", "ask the nearest children's hospital for child neurology and genetics"),
    ("prevention", "003", '"CMV is a preventable infection"',
     CH, "causes-and-tests", "This helps, but cannot prevent every infection. There is no vaccine.", 29),
    ("prevention", "003", '"Lifestyle and vaccines dramatically lower the odds"',
     CH, "causes-and-tests", "Some steps lower some risks. Nobody knows by how much they lower this one", 25),
    ("prevention", "003", '"Valproic acid is notorious"',
     CH, "causes-and-tests", "Doctors avoid valproate, a seizure medicine, where they can. Never stop one by yourself", 26),
    ("prevention", "003", "Vaccines", CH, "causes-and-tests", "a vaccine protects, but it must be given before pregnancy"),
    ("prevention", "003", "Alcohol", CH, "causes-and-tests", "no amount of alcohol has been proven safe"),
    ("prevention", "003", "Smoking", CH, "causes-and-tests", "Smoking can make a baby come too early"),
    ("frequently asked questions", "003", "FAQ: the usual genes", CH, "causes-and-tests", "Few genes showed up in more than one person"),
    ("frequently asked questions", "003", "FAQ: infections", CH, "causes-and-tests", "Infection in pregnancy."),
    ("frequently asked questions", "003", "FAQ: how is it found?", CH, "causes-and-tests", "The pattern guides the next test"),
    ("frequently asked questions", "003", "FAQ: which therapies help?", CH, "therapies", "What may help"),
    ("frequently asked questions", "003", "FAQ: where is help with money?", CH, "money", "Early intervention: call first"),
    ("frequently asked questions", "003", "Will my child walk? Will it get worse?",
     CH, "in-plain-words", "Questions families often ask | Will it get worse? | Will my child walk, talk and learn?"),

    # Cerebral palsy (article 004)
    ("causes", "004", "What causes it?", CP, "causes-and-tests", "CP is rarely the result of one moment | severe jaundice"),
    ("causes", "004", "Lack of oxygen at birth", CP, "causes-and-tests", "Lack of oxygen at birth explains fewer than 1 in 10 cases"),
    ("causes", "004", "Genes", CP, "causes-and-tests", "found a cause in about 1 in 3 people in one large group"),
    ("infections in pregnancy", "004", "CMV and cerebral palsy", CP, "causes-and-tests", "Congenital CMV"),
    ("imaging", "004", "MRI", CP, "causes-and-tests", "A brain scan (MRI) is advised first"),
    ("therapy: stem cells", "004", '"Stem cells: the most promising treatment"',
     CP, "therapies", "The stem cell products that clinics sell for CP are not FDA-approved", 33),
    ("therapy: stem cells", "004", '"Stem cells become neurons and fill damaged areas"',
     CP, "therapies", "Sellers say that the cells become new brain cells. We found no proof of that in people. | about 1.4 points", 34),
    ("therapy: stem cells", "004", "No risk, price or trial number is given",
     CP, "therapies",
     "Infections, tumors and blindness have been reported | Being asked to pay outside such a trial is a warning sign", 35),
    ("therapy: stem cells", "004", "What to ask such a clinic",
     "guide/what-to-ask-a-clinic-that-offers-a-new-treatment", "description", "approved by the FDA for | FDA number (IND)"),
    ("therapy: stem cells", "004", "Red flags of a seller", "therapy/stem-cell-therapy", "therapy.red_flags", "Large payment up front"),
    ("causes", "004", '"CP cannot be completely cured at present"; "maximum recovery"', CP, "in-plain-words", "It is lifelong.", 36),
    ("therapy: physical", "004", "Physical rehabilitation",
     CP, "therapies", "practice toward a goal your child cares about | treadmill training"),
    ("therapy: physical", "004", '"Rehabilitation prevents contractures"',
     CP, "day-to-day", "Stretching alone changes a joint very little", 37),
    ("therapy: occupational", "004", "Dressing, eating, hands", CP, "therapies", "two-handed training"),
    ("therapy: baclofen", "004", '"Oral or injectable baclofen", with no caution',
     CP, "therapies",
     "Baclofen by mouth is approved in the US for other causes of stiffness, not CP | baclofen pump | A sudden stop is dangerous", 38),
    ("therapy: baclofen", "004", "We ran out of baclofen", CP, "get-help-now", "It must never be stopped suddenly"),
    ("therapy: botulinum toxin", "004", '"Botulinum toxin can be applied", with no warning',
     CP, "therapies", "A boxed warning says that it can spread and affect swallowing and breathing | selective dorsal rhizotomy", 39),
    ("therapy: botulinum toxin", "004", "Trouble after the shot",
     CP, "get-help-now", "has trouble swallowing or breathing after a botulinum toxin shot. It can come hours to weeks later"),
    ("therapy: tendon surgery", "004", "Tendon release or lengthening",
     CP, "therapies", "Tendon surgery lengthens tight tendons | 9 needed more surgery"),
    ("therapy: speech and swallowing", "004", "Speech and swallowing",
     CP, "day-to-day", "Therapy for safer swallowing may help | a speech device"),
    ("therapy: psychological and behavioral", "004", "Behavior, stress, family",
     CP, "looking-after-yourself", "Parenting programs made for families with CP may help with stress and behavior"),
    ("therapy: braces", "004", "Insoles and braces", CP, "day-to-day", "Braces are advised, though proof is still limited"),
    ("therapy: braces", "004", "Insoles: what do they do?", "therapy/orthotics", "therapy.what_it_is", "brace, splint or insole"),
    ("emotional health", "004", "\"Parents' active cooperation is key\"",
     CP, "looking-after-yourself", "Slow progress is not your fault, or your child's", 40),
    ("emotional health", "004", "Counseling", CP, "looking-after-yourself", "A counselor can help you | call or text 988"),
    ("complications", "004", "Hips and spine", CP, "growing-up", "hips need regular checks even when nothing hurts"),
    ("complications", "004", "Swallowing, chest infections", CP, "day-to-day", "can slip into the lungs"),
    ("complications", "004", "Surgery, dental work, scans with sleep medicine",
     CP, "get-help-now", "Before surgery, dental work or a scan with sleep medicine | Ask which doses go on"),
    ("complications", "004", "Seizures of babies that look like startles", CP, "get-help-now", "They may be infantile spasms. Film one."),
    ("complications", "004", "Does it get worse?", CP, "main-message", "The brain injury does not get worse with time"),
    ("home adaptations", "004", "Ramps, doors, lifting", CP, "day-to-day", "ramps, wider doors and grab bars"),
    ("school and work", "004", "School with CP", CP, "school", "First comes eligibility."),
    ("school and work", "004", "Work for an adult with CP", CP, "growing-up", "At work, the Job Accommodation Network"),
    ("support networks and how to choose one", "004", "Who owns this page on CP?",
     CP, "support", "Check who owns a page before you trust it"),
    ("financial and insurance help", "004", "Insurance, equipment", CP, "money", "180 days to appeal | assistive technology program"),
    ("clinical trials", "004", "Trials", CP, "growing-up", "A listing there is not an approval"),
    ("registries", "004", "Registries", CP, "support", "MyCP is an online community and registry"),
    ("finding a center near you", "004", "A CP clinic near us",
     CP, "care-team", "To find one near you, ask the nearest children's hospital"),
    ("prevention", "004", "Can CP be prevented?",
     CP, "causes-and-tests", "Can CP be prevented? Hospital teams can sometimes lower the risk"),
]]
# fmt: on

MENDED_ELSEWHERE = {32}  # article 003 ends in text on ribose and RNA: page furniture, with no answer; see `FALSE`

# What no page or published listing may say: a pattern, and the article's words that it catches.
# fmt: off
FALSE = [
    (r"most common cause[^.]{0,60} is (old )?age|age-related degeneration",
     "The most common cause of volume loss is age-related degeneration."),
    (r"volume loss, also (known as|called) cerebellar atrophy",
     "Cerebro cerebellar volume loss, also known as cerebellar atrophy, is a condition"),
    (r"cerebellar atrophy is a progressive", "Cerebellar atrophy is a progressive neurological condition"),
    (r"cerebral palsy can (also )?cause cerebellar", "conditions such as stroke and cerebral palsy can also cause cerebellar atrophy"),
    (r"concussions?\b[^.]{0,40} can (damage|shrink) the cerebellum",
     "such as concussions or severe blows to the head, can damage the cerebellum"),
    (r"wonder drug|miracle drug", 'there is currently no single "wonder drug"'),
    (r"cerebrolysin\b[^.]{0,60}\bmay (enhance|help|improve)", "Cerebrolysin, which may enhance brain metabolism"),
    (r"used off-label in some countries", "has been used off-label in some countries"),
    (r"modest improvements in coordination", "some trials report modest improvements in coordination"),
    (r"rich in antioxidants|delaying symptom progression", "a balanced diet rich in antioxidants"),
    (r"spinal atrophy is a (disease|condition)", "Spinal atrophy is a disease that affects motor neurons"),
    (r"(mutations?|genes?) (account|explain)\w* (for )?(roughly |about |some )?60",
     "Genetic mutations account for roughly 60% of cases."),
    (r"15 ?(%|percent) of (the )?(cases|non-?genetic|cerebellar)", "accounts for up to 15% of nongenetic cerebellar hypoplasia cases"),
    (r"torch trio", "the classic TORCH trio (Toxoplasmosis, Other agents, Rubella, CMV, Herpes)"),
    (r"common (genes|culprits) include[^.]{0,30}(CACNA1A|ITPR1|KIF1A|BICD2)",
     "Common genes include CACNA1A, ITPR1, KIF1A, CASK, and BICD2"),
    (r"fleeting|lasting imprint", "Even a fleeting episode of maternal hypoxia during labor can leave a lasting imprint"),
    (r"dramatically (lower|reduce)", "appropriate vaccinations dramatically lower the odds"),
    (r"notorious for crossing", "certain antiseizure medications are notorious for crossing the placenta"),
    (r"preventable infection|CMV (is|can be) (fully )?prevent(able|ed)\b", "When a preventable infection like CMV is identified early"),
    (r"noticeable gains within", "Many families report noticeable gains within the first year"),
    (r"schools? must provide an? (IEP|individualized)", "schools must provide an Individualized Education Program (IEP)"),
    (r"occasional grants for therapy|grants for therapy expenses", "mentorship programs, and occasional grants for therapy expenses"),
    (r"\bribose\b", "Why Ribose Sparked RNA's Origin"),
    (r"most promising treatment", "is currently the most promising treatment for pediatric cerebral palsy"),
    (r"differentiate into (neurons|oligodendrocytes)|filling damaged areas",
     "Stem cells can differentiate into neurons or glial cells, filling damaged areas."),
    (r"maximum functional recovery|completely cured", "children can achieve maximum functional recovery and independence"),
    (r"prevents? (joint )?contractures", "correct movement patterns, prevent joint contractures and skeletal deformities"),
    (r"parents['’] (active )?cooperation", "Parents’ active cooperation and multidisciplinary teamwork are key"),
]
# fmt: on


def plain(text):
    """Text as a reader sees it: no citations, no addresses of links, no emphasis, one space between words."""
    text = re.sub(r"\[([^\]^]+)\]\(/[^)]*\)", r"\1", re.sub(rf"\s*{CITATION.pattern}", "", text))
    return " ".join(re.sub(r"[*_]", "", text).split())


def flat(value):
    """All text inside a field."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(map(flat, value.values()))
    return "\n".join(map(flat, value)) if isinstance(value, list) else ""


def listing(place):
    return starter.read_entry(starter.ROOT / f"{place}.yaml")


def text_at(row):
    kind, _, slug = row.place.rpartition("/")
    if not kind:
        return read_page(ROOT / "pages" / f"{slug}.md").sections[row.part]
    if kind == "conditions":
        path = ROOT / "conditions" / f"{slug}.yaml"
        data = Document(path, read_text(path)).read(ConditionShape).model_dump()
    else:
        data = listing(row.place).listing.model_dump()
    for step in row.part.split("."):
        data = data[step]
    return flat(data)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_words_that_answer_stand_where_a_family_would_look(row):
    text = plain(text_at(row))
    # A row of a table has bars of its own.
    phrases = [row.words] if row.words.startswith("|") else row.words.split(" | ")
    assert [phrase for phrase in phrases if phrase not in text] == []


@pytest.mark.parametrize(("topic", "article"), [(topic, article) for topic, opened in OPENED.items() for article in opened.split()])
def test_each_topic_is_answered_on_the_page_of_each_article_that_opens_it(topic, article):
    assert [row for row in ROWS if row.topic == topic and article in row.articles.split() and row.place == ARTICLES[article]]


def test_the_table_is_whole():
    assert len(ROWS) >= 90
    assert {row.topic for row in ROWS} == OPENED.keys()
    assert {article for row in ROWS for article in row.articles.split()} == ARTICLES.keys()
    assert len({(row.place, row.part, row.words) for row in ROWS}) == len(ROWS)


def test_each_doubtful_statement_of_the_articles_has_its_correct_answer():
    assert sorted([row.mends for row in ROWS if row.mends] + list(MENDED_ELSEWHERE)) == list(range(1, 41))


def test_listings_that_answer_are_published():
    places = {row.place for row in ROWS if "/" in row.place and not row.place.startswith("conditions/")}
    assert [place for place in sorted(places) if listing(place).starter.state != "published"] == []


@pytest.fixture(scope="module")
def said():
    """All that families read in the catalogue's files: `{file: text}`."""
    texts = {path.name: flat(read_page(path).sections) for path in sorted((ROOT / "pages").glob("*.md"))}
    for path in starter.listing_files():
        entry = starter.read_entry(path)
        if entry.starter.state == "published":
            texts[f"{path.parent.name}/{path.name}"] = flat(entry.listing.model_dump())
    return {file: plain(text) for file, text in texts.items()}


@pytest.mark.parametrize(("pattern", "article"), FALSE)
def test_nothing_repeats_a_false_claim_of_the_articles(said, pattern, article):
    assert re.search(pattern, article, re.IGNORECASE), "the pattern no longer catches the article's own words"
    assert [file for file, text in said.items() if re.search(pattern, text, re.IGNORECASE)] == []
